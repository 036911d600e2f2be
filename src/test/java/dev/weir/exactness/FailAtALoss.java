package dev.weir.exactness;

import dev.weir.core.model.Event;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hands everything on, and in its first attempt fails when it has handed on a lost range of offsets: it is counted, and in no
 * checkpoint.
 */
final class FailAtALoss<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<T> element) {
        output.collect(element);
        if (element.getValue() instanceof Event event
                && event.lost() > 0
                && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            throw new IllegalStateException("the planned failure, after a loss of " + event.lost());
        }
    }
}

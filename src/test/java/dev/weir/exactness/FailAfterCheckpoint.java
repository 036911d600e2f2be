package dev.weir.exactness;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands everything on, and in its first attempt fails when it hears of the n-th completed checkpoint. */
final class FailAfterCheckpoint<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;

    private final int checkpoint;
    private transient int completed;

    /** @param checkpoint counted from 1 */
    FailAfterCheckpoint(int checkpoint) {
        this.checkpoint = checkpoint;
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        output.collect(element);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        completed++;
        if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0 && completed == checkpoint) {
            throw new IllegalStateException("the planned failure, after checkpoint " + checkpointId);
        }
    }
}

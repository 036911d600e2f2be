package dev.weir.exactness;

import dev.weir.core.model.Event;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Hands events on, in its first attempt only slowly from some offset of each partition: so that checkpoints complete, and the planned
 * failure comes, while there is input left. Slowness decides nothing about the outcome.
 */
final class CrawlUntilFailure extends AbstractStreamOperator<Event> implements OneInputStreamOperator<Event, Event> {
    private static final long serialVersionUID = 1L;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Map<Integer, Long> slowFrom;

    /** @param slowFrom offset by partition */
    CrawlUntilFailure(Map<Integer, Long> slowFrom) {
        this.slowFrom = slowFrom;
    }

    @Override
    public void processElement(StreamRecord<Event> element) {
        var origin = element.getValue().origin();
        boolean slow = origin.offset() >= slowFrom.get(origin.partition());
        if (slow && getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
            LockSupport.parkNanos(PACE_NANOS);
        }
        output.collect(element);
    }
}

package dev.weir.source;

import dev.weir.core.model.Event;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Shows events as text, each with the number of the attempt. The first attempt slows down after some events, and fails when it hears of a
 * checkpoint then. So the checkpoint and the failure come while there is input left.
 */
final class FailInTheMiddle extends RichMapFunction<Event, String> implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final int after;
    private transient int seen;

    FailInTheMiddle(int after) {
        this.after = after;
    }

    @Override
    public String map(Event event) {
        seen++;
        if (first() && seen > after) {
            LockSupport.parkNanos(PACE_NANOS);
        }
        return attempt() + " " + FileReading.shownWithPartition(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (first() && seen > after) {
            throw new IllegalStateException("the planned failure, after checkpoint " + checkpointId);
        }
    }

    private boolean first() {
        return attempt() == 0;
    }

    private int attempt() {
        return getRuntimeContext().getTaskInfo().getAttemptNumber();
    }
}

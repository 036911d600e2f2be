package dev.weir.sink.postgres;

import dev.weir.retry.Pause;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;

/**
 * The settings of one subtask of the commit operator.
 *
 * @param maxPendingBytes eligible bytes above which the input has to wait
 * @param heapBytes limit of rows on the heap, once for the open epoch and once for sealed batches; the rest goes to local files
 * @param drain how long {@code close} waits for rows whose checkpoint is complete; the checkpoint contains those that are left
 * @param time clock and pauses of the committing thread
 */
record CommitSettings(long maxPendingBytes, long heapBytes, Duration drain, Time time) implements Serializable {
    /** About 200,000 rows. A small heap can hold them twice, in the open epoch and sealed. The rest goes to files. */
    private static final long MOST_HEAP_BYTES = 32L << 20;
    /** With less, every few rows would become a file of their own if {@code max-pending} is small. */
    private static final long LEAST_HEAP_BYTES = 1 << 20;
    /** Well below Flink's {@code task.cancellation.timeout} of 3 min, and above the time that a healthy server needs for the backlog. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    static CommitSettings of(long maxPendingBytes) {
        long heapBytes = Math.max(LEAST_HEAP_BYTES, Math.min(MOST_HEAP_BYTES, maxPendingBytes / 2));
        return new CommitSettings(maxPendingBytes, heapBytes, DRAIN, new WallTime());
    }

    /** Clock and pauses, so that no test has to wait. */
    interface Time extends Pause {
        Clock clock();
    }

    private static final class WallTime implements Time {
        private static final long serialVersionUID = 1L;

        @Override
        public Clock clock() {
            return SystemClock.getInstance();
        }

        @Override
        public boolean pause(Duration duration, CountDownLatch closing) throws InterruptedException {
            return WALL.pause(duration, closing);
        }
    }
}

package dev.weir.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between two attempts. Tests replace it, so that they need not wait. */
public interface Pause extends Serializable {
    /** Waits by the machine's clock. */
    Pause WALL = (duration, closing) -> !closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);

    /**
     * Waits, or returns false as soon as the latch is open.
     *
     * @return whether the whole duration has passed
     * @throws InterruptedException at once if the thread is interrupted, as a task is that Flink cancels
     */
    boolean pause(Duration duration, CountDownLatch closing) throws InterruptedException;

    /** Waits until the duration has passed or the thread is interrupted. */
    default void pause(Duration duration) throws InterruptedException {
        pause(duration, new CountDownLatch(1));
    }
}

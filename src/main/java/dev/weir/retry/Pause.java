package dev.weir.retry;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the time passes between two attempts, so that no test has to wait. */
public interface Pause extends Serializable {
    /** The machine's time. */
    Pause WALL = (duration, closing) -> !closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);

    /**
     * Waits, or returns false as soon as the latch is open.
     *
     * @throws InterruptedException at once if the thread is interrupted, as a task is that Flink cancels
     */
    boolean pause(Duration duration, CountDownLatch closing) throws InterruptedException;

    /** Waits where nothing but an interrupt can end it. */
    default void pause(Duration duration) throws InterruptedException {
        pause(duration, new CountDownLatch(1));
    }
}

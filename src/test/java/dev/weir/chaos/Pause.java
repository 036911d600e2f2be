package dev.weir.chaos;

import java.time.Duration;

/** How long a fault lasts: the one thing in the tests that is not waited for but sat out. */
final class Pause {
    static void of(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }

    private Pause() {}
}

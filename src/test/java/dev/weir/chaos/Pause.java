package dev.weir.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** How long a fault lasts: the one thing in the tests that is not waited for but sat out. */
final class Pause {
    static void of(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(30)).until(() -> true);
    }

    private Pause() {}
}

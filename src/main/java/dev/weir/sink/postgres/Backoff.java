package dev.weir.sink.postgres;

import java.time.Duration;

/** How long to wait before trying again: doubling, so that a blip costs nothing and an outage is not hammered. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    /** What an outage may cost beyond its end. */
    private static final Duration GREATEST = Duration.ofSeconds(5);

    private Backoff() {}

    /** @param failures number of failed attempts in a row, at least 1 */
    static Duration after(int failures) {
        int doublings = Math.min(failures - 1, 10);
        Duration wait = FIRST.multipliedBy(1L << doublings);
        return wait.compareTo(GREATEST) < 0 ? wait : GREATEST;
    }
}

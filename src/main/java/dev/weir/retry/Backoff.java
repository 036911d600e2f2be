package dev.weir.retry;

import java.time.Duration;

/**
 * How long to wait before trying again: {@code first}, and twice as long after each further failure, up to {@code greatest}.
 *
 * @param greatest what an outage may cost beyond its end
 */
public record Backoff(Duration first, Duration greatest) {
    /** A blip costs nothing, and an outage is not hammered. */
    public static final Backoff DOUBLING = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Returns a backoff that always waits as long. */
    public static Backoff constant(Duration wait) {
        return new Backoff(wait, wait);
    }

    /**
     * Returns how long to wait.
     *
     * @param failures number of failed attempts in a row, at least 1
     */
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, 10);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(greatest) < 0 ? wait : greatest;
    }
}

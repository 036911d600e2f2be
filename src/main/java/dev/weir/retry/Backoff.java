package dev.weir.retry;

import java.time.Duration;

/**
 * Decides how long to wait before another attempt: {@code first}, and twice as long after each further failure, up to
 * {@code greatest}.
 *
 * @param greatest the longest wait; work may resume that long after the end of an outage
 */
public record Backoff(Duration first, Duration greatest) {
    /** Starts short, so that a brief failure costs nothing, and grows, so that an outage causes few attempts. */
    public static final Backoff DOUBLING = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    /** Returns a backoff whose wait never changes. */
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

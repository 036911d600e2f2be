package dev.weir.books;

import java.time.Duration;

/**
 * Decides when a running job logs its summary: each minute for ten minutes, for a person who has just started it, and
 * then each hour.
 */
final class SummaryTimes {
    private static final Duration AT_FIRST = Duration.ofMinutes(1);
    private static final int FIRST_ONES = 10;
    private static final Duration LATER = Duration.ofHours(1);

    private long dueMillis;
    private int logged;

    SummaryTimes(long startMillis) {
        dueMillis = startMillis + AT_FIRST.toMillis();
    }

    /**
     * Returns whether a summary is due, and if so plans the next one.
     *
     * @param nowMillis the machine's time in epoch milliseconds
     */
    boolean isDue(long nowMillis) {
        if (nowMillis < dueMillis) {
            return false;
        }
        logged++;
        dueMillis = nowMillis + (logged < FIRST_ONES ? AT_FIRST : LATER).toMillis();
        return true;
    }
}

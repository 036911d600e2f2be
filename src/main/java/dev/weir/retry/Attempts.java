package dev.weir.retry;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Counts the failed attempts of one piece of work, says how long to wait before the next, and logs: the failures 1, 2, 4,
 * 8, …, so that an outage of an hour is a dozen lines, and the first success after them.
 *
 * <p>It does not wait itself, because some work waits in its own thread and some is scheduled. Used by one thread at a
 * time.
 */
public final class Attempts {
    private final Consumer<String> warn;
    private final Consumer<String> info;
    private final Backoff backoff;

    private int failures;
    /** Since the last success or progress; the wait depends on it. */
    private int inVain;

    /**
     * Counts from zero.
     *
     * @param warn logs a failure, such as {@code LOG::warn}
     * @param info logs a success after failures, such as {@code LOG::info}
     */
    public Attempts(Consumer<String> warn, Consumer<String> info, Backoff backoff) {
        this.warn = warn;
        this.info = info;
        this.backoff = backoff;
    }

    /**
     * Counts a failed attempt, and returns how long to wait.
     *
     * @param what the line to log, without a full stop: the option, what is wrong, and that it is tried again
     */
    public Duration failed(String what) {
        failures++;
        inVain++;
        if (Integer.bitCount(failures) == 1) {
            warn.accept(what + "; attempt " + failures);
        }
        return backoff.after(inVain);
    }

    /** Lets the next wait be the shortest: although the attempt fails, part of the work is done, so this is no outage. */
    public void progressed() {
        inVain = 0;
    }

    /**
     * Counts from zero again. Logs if anything has failed.
     *
     * @param what begins the line, such as {@code PostgreSQL takes rows again}
     */
    public void succeeded(String what) {
        if (failures > 0) {
            info.accept(what + " after " + failures + " failed attempts");
        }
        failures = 0;
        inVain = 0;
    }
}

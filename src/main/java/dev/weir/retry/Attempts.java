package dev.weir.retry;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Counts the failed attempts of one piece of work, and returns how long to wait before the next. It logs failures 1, 2,
 * 4, 8, … and the first success after them, so that an outage of an hour is a dozen lines.
 *
 * <p>It does not wait itself, because some work waits in its own thread and some is scheduled. Used by one thread at a
 * time.
 */
public final class Attempts {
    private final Consumer<String> warn;
    private final Consumer<String> info;
    private final Backoff backoff;

    private int failures;
    /** Failed attempts since the last success or progress. The wait depends on them. */
    private int sinceProgress;

    /**
     * Starts counting from zero.
     *
     * @param warn logs a failure, such as {@code LOG::warn}
     * @param info logs a success after failures, such as {@code LOG::info}
     * @param backoff how long to wait after a failure
     */
    public Attempts(Consumer<String> warn, Consumer<String> info, Backoff backoff) {
        this.warn = warn;
        this.info = info;
        this.backoff = backoff;
    }

    /**
     * Counts a failed attempt, and returns how long to wait.
     *
     * @param what the line to log, without a full stop: the option, the error, and that it is tried again
     */
    public Duration failed(String what) {
        failures++;
        sinceProgress++;
        if (Integer.bitCount(failures) == 1) {
            warn.accept(what + "; attempt " + failures);
        }
        return backoff.after(sinceProgress);
    }

    /** Makes the next wait the shortest. The attempt fails although part of its work is done, so there is no outage. */
    public void progressed() {
        sinceProgress = 0;
    }

    /**
     * Starts counting from zero again. Logs a line if an attempt has failed.
     *
     * @param what the start of the line, such as {@code PostgreSQL takes rows again}
     */
    public void succeeded(String what) {
        if (failures > 0) {
            info.accept(what + " after " + failures + " failed attempts");
        }
        failures = 0;
        sinceProgress = 0;
    }
}

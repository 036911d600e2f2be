package dev.weir.core.decode;

import java.time.Instant;

/**
 * Saturating arithmetic for epoch microseconds. A time beyond the range of {@code long} is decodable but absurd. It becomes the nearest end
 * of the range, where the checks for ancient and future timestamps reject it. Nothing wraps around.
 */
public final class Micros {
    /** Stands for "no event time". No text or number is converted to it. */
    public static final long NONE = Long.MIN_VALUE;
    /** The earliest event time. Stands for all times before it, too. */
    public static final long EARLIEST = Long.MIN_VALUE + 1;
    /** The latest event time. Stands for all times after it, too. */
    public static final long LATEST = Long.MAX_VALUE;

    static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** Returns the instant as a text, for instance {@code 2024-03-01T12:30:00Z}. */
    public static String iso(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000)
                .toString();
    }

    /** Returns {@code units} times {@code microsPerUnit}, which must be positive. */
    public static long of(long units, long microsPerUnit) {
        if (units > LATEST / microsPerUnit) {
            return LATEST;
        }
        return units < EARLIEST / microsPerUnit ? EARLIEST : units * microsPerUnit;
    }

    /** Returns the sum of two times or spans. */
    public static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? EARLIEST : LATEST;
        }
        return Math.max(sum, EARLIEST);
    }
}

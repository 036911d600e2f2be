package dev.weir.core.decode;

/**
 * Epoch microseconds at the ends of {@code long}: what lies beyond them is decodable, merely absurd, so it becomes the nearest end and
 * the checks for ancient and future timestamps turn it aside. It never wraps around.
 */
public final class Micros {
    /** Stands for "no event time": the one value that no text and no number becomes. */
    public static final long NONE = Long.MIN_VALUE;
    /** The earliest event time, and all before it. */
    public static final long EARLIEST = Long.MIN_VALUE + 1;
    /** The latest event time, and all after it. */
    public static final long LATEST = Long.MAX_VALUE;

    static final long PER_SECOND = 1_000_000;

    private Micros() {}

    /** {@code units} times {@code microsPerUnit}, which is positive. */
    public static long of(long units, long microsPerUnit) {
        if (units > LATEST / microsPerUnit) {
            return LATEST;
        }
        return units < EARLIEST / microsPerUnit ? EARLIEST : units * microsPerUnit;
    }

    /** The sum of two times or spans. */
    public static long plus(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? EARLIEST : LATEST;
        }
        return Math.max(sum, EARLIEST);
    }
}

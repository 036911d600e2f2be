package dev.weir.bench;

import java.util.Arrays;
import java.util.Locale;

/** Milliseconds, and their percentiles. */
final class Latencies {
    private long[] millis = new long[1_024];
    private int size;

    void add(long one) {
        if (size == millis.length) {
            millis = Arrays.copyOf(millis, size * 2);
        }
        millis[size++] = one;
    }

    /** The smallest that at least so large a share does not exceed. */
    long percentile(double percent) {
        long[] sorted = Arrays.copyOf(millis, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(size * percent / 100) - 1)];
    }

    @Override
    public String toString() {
        return size == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "50 %% %,d ms   99 %% %,d ms   99.9 %% %,d ms   of %,d",
                        percentile(50),
                        percentile(99),
                        percentile(99.9),
                        size);
    }
}

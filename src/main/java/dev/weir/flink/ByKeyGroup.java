package dev.weir.flink;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Series that are to be written, by key group: RocksDB takes neighbours far sooner than keys from all over. What writing reads is fetched from
 * memory for several of them at the same time, as {@link StateCache#touch} does for those that are judged.
 */
final class ByKeyGroup implements Iterator<CachedSeries> {
    private static final int FETCHED_AT_ONCE = 32;

    private final CachedSeries[] series;
    private int next;

    /** Means nothing: without it the compiler would leave the touching out. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private ByKeyGroup(CachedSeries[] series) {
        this.series = series;
    }

    static Iterable<CachedSeries> sorted(List<CachedSeries> series) {
        // Sorting numbers asks each series once.
        long[] order = new long[series.size()];
        Arrays.setAll(order, i -> (long) series.get(i).keyGroup << Integer.SIZE | i);
        Arrays.sort(order);
        CachedSeries[] sorted = new CachedSeries[order.length];
        Arrays.setAll(sorted, i -> series.get((int) order[i]));
        return () -> new ByKeyGroup(sorted);
    }

    @Override
    public boolean hasNext() {
        return next < series.length;
    }

    @Override
    public CachedSeries next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next % FETCHED_AT_ONCE == 0) {
            for (int i = next; i < Math.min(next + FETCHED_AT_ONCE, series.length); i++) {
                touched ^= series[i].touch();
            }
        }
        return series[next++];
    }
}

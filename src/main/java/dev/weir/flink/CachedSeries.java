package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.Arrays;
import java.util.List;

/** One series in {@link StateCache}. */
final class CachedSeries {
    final SeriesKey key;
    final int keyGroup;
    /** Null after eviction. */
    SeriesState series;
    /** Whether the series was adapted to the current generation and configuration. */
    boolean reconciled;
    /** Whether the backend holds an older version, or none. */
    boolean dirty;
    /**
     * When the series' timer should fire; {@link SeriesState#NO_TIMER} for never. The series' own field holds the timer
     * registered with Flink.
     */
    long timerMillis;
    /** Whether the series was used again since it was cached. */
    boolean returned;
    /** Number of the lookup that used the series last. */
    long lastUse;
    /** Bytes that the series counts against the cache's bound. */
    long bytes;
    /** Index among the residents of {@link EvictionOrder}; unused for a newcomer. */
    int place;

    CachedSeries(SeriesKey key, int keyGroup, SeriesState series) {
        this.key = key;
        this.keyGroup = keyGroup;
        this.series = series;
        this.timerMillis = series.timerMillis();
    }

    /** Prefetches what judging or writing the series loads. The result only keeps the JIT from removing the loads. */
    long prefetch() {
        return series.prefetch() ^ key.sensorId().length();
    }

    /** Sorts series by key group, as RocksDB does. It takes neighbours far faster than scattered keys. */
    static CachedSeries[] byKeyGroup(List<CachedSeries> series) {
        // Sorting longs loads each series once.
        long[] order = new long[series.size()];
        Arrays.setAll(order, i -> (long) series.get(i).keyGroup << Integer.SIZE | i);
        Arrays.sort(order);
        CachedSeries[] sorted = new CachedSeries[order.length];
        Arrays.setAll(sorted, i -> series.get((int) order[i]));
        return sorted;
    }

    boolean hasLeft() {
        return series == null;
    }

    /** Marks the series as evicted. References from {@link BatchReader} keep this object alive, but not the state in it. */
    void leave() {
        series = null;
    }
}

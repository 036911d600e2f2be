package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.Arrays;
import java.util.List;

/** One series in {@link StateCache}. */
final class CachedSeries {
    final SeriesKey key;
    final int keyGroup;
    /** Null once it has left. */
    SeriesState series;
    /** Whether the series is known to be of the present generation and configuration. */
    boolean reconciled;
    /** Whether the backend holds an older one, or none. */
    boolean dirty;
    /** When the series' timer is due; the series itself knows of it once Flink's timer service does. {@link SeriesState#NO_TIMER} for none. */
    long timerMillis;
    /** Whether it was asked for since it came. */
    boolean returned;
    /** The number of look-ups there had been. */
    long lastUse;
    /** What it counts against the cache's bound. */
    long bytes;
    /** Index among the residents of {@link EvictionOrder}; means nothing for a newcomer. */
    int place;

    CachedSeries(SeriesKey key, int keyGroup, SeriesState series) {
        this.key = key;
        this.keyGroup = keyGroup;
        this.series = series;
        this.timerMillis = series.timerMillis();
    }

    /** Reads a little of all that judging or writing the series will read, and means nothing. For a series that has not left. */
    long touch() {
        return series.touch() ^ key.sensorId().length();
    }

    /** RocksDB takes neighbours far sooner than keys from all over: it keeps them by key group. */
    static CachedSeries[] byKeyGroup(List<CachedSeries> series) {
        // Sorting numbers asks each series once.
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

    /** Names of series hold on to this, and must not hold on to what is in it. */
    void leave() {
        series = null;
    }
}

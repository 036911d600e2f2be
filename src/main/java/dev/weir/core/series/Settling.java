package dev.weir.core.series;

import dev.weir.core.model.SeriesKey;

/**
 * Splits a long series into a settled part, which is written once, and an open part, which is written with every
 * checkpoint.
 *
 * <p><b>Idea.</b> A series with two minutes of readings at five a second holds 600 readings and their windows. A
 * checkpoint each second would rewrite all of it for five new readings. Old readings rarely change, so they are stored
 * under a key of their own and left there.
 *
 * <p><b>Invariant.</b> The settled part holds the accepted times up to {@link SeriesState#settledThroughMicros}, and
 * the windows that end by then and have nothing left to emit. Its stored bytes may hold more, which decoding ignores. A
 * reading that is accepted at or before that time moves it to just before the reading. Later times and windows then
 * belong to the open part again.
 *
 * <p><b>Cost.</b> Re-settles once rewriting the open part has cost as much as one full series. This is the break-even
 * rule of the ski rental problem, which costs at most twice the optimum without knowing the future (Karlin et al.,
 * Competitive Snoopy Caching, Algorithmica 1988). The count begins with a head start of up to half a series, different
 * for each series, so that series which report in step do not all settle in the same checkpoint.
 */
final class Settling {
    /** A series with fewer readings is always stored whole. */
    private static final int LEAST_READINGS = 128;
    /** Splitting pays off only if a series grows by at most one part in so many between two writes. */
    private static final int GROWTH = 16;

    private Settling() {}

    /**
     * Chooses the settled part. Called before each write of the series.
     *
     * @return whether the store's settled part must be written, or deleted if the series is stored whole from now on
     */
    static boolean settle(SeriesState series, SeriesKey key) {
        series.accepted.dropBefore(series.floorMicros);
        int readings = series.accepted.size();
        boolean isWorthIt = readings >= LEAST_READINGS && GROWTH * series.addedSinceStored <= readings;
        series.addedSinceStored = 0;
        int open = readings - series.accepted.countThrough(series.settledThroughMicros);
        series.openStored = Math.min(readings, series.openStored + open);
        boolean isSettled = open < readings;
        if (isSettled && series.openStored < readings) {
            return false;
        }
        long latest = isWorthIt ? latest(series) : SeriesState.NONE;
        int openThen = readings - series.accepted.countThrough(latest);
        if (isSettled && 2 * openThen > open) {
            return false;
        }
        boolean stored = series.storedApart;
        // A settled part of less than half is not worth a second entry in the store.
        series.storedApart = isWorthIt && 2 * openThen <= readings;
        if (series.storedApart) {
            series.settledThroughMicros = latest;
            series.openStored = headStart(series, key, readings / 2);
        } else {
            series.settledThroughMicros = SeriesState.NONE;
        }
        return series.storedApart || stored;
    }

    /** Returns the latest time by which every window that has ended has nothing left to emit. Epoch microseconds. */
    private static long latest(SeriesState series) {
        long through = series.clockMicros;
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                if (window.pending()) {
                    through = Math.min(through, windows.endMicros(window) - 1);
                }
            }
        }
        return through;
    }

    /** Returns a pseudo-random number from 0 to below the bound, the same for the same series and clock. */
    private static int headStart(SeriesState series, SeriesKey key, int bound) {
        int hash = (31 * Long.hashCode(series.clockMicros) + key.hashCode()) * 0x9E3779B9;
        return (int) (Integer.toUnsignedLong(hash) * bound >>> Integer.SIZE);
    }
}

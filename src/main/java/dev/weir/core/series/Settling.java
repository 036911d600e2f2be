package dev.weir.core.series;

import dev.weir.core.model.SeriesKey;

/**
 * Which part of a long series is settled: stored apart from the rest, and not with it each time. A series with two minutes of readings, five
 * a second, is 600 readings and as many windows as fit; a checkpoint each second would write all of it for each five that are new.
 *
 * <p>Settled is what the series holds through a moment, {@link SeriesState#settledThroughMicros}: accepted times, and windows that end by
 * then and are shown. It stays as it was stored. A reading so late that it belongs there moves the moment before itself: what was stored
 * of later times counts no more, and is stored with the rest.
 *
 * <p>The series is settled anew when the rest, each time that it was stored since, adds up to a whole series: the answer to the ski rental
 * problem, about twice what the best moments for it would have cost, which nobody knows beforehand. A head start of up to a half of that,
 * another one for each series, keeps those that report in step from being settled by the same checkpoints.
 */
final class Settling {
    /** A shorter series is stored whole. */
    private static final int LEAST_READINGS = 128;
    /** It is worth it where a series grows by no more than this part of it from one time that it is stored to the next. */
    private static final int GROWTH = 16;

    private Settling() {}

    /** Decides it, each time before the series is stored: returns whether what is settled has to be stored, or, where nothing is, deleted. */
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
        // Less than half is not worth two places in the store.
        series.storedApart = isWorthIt && 2 * openThen <= readings;
        if (series.storedApart) {
            series.settledThroughMicros = latest;
            series.openStored = headStart(series, key, readings / 2);
        } else {
            series.settledThroughMicros = SeriesState.NONE;
        }
        return series.storedApart || stored;
    }

    /** No window that ends by then has something to show. */
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

    /** From 0 to below the bound, as if by chance. */
    private static int headStart(SeriesState series, SeriesKey key, int bound) {
        int hash = (31 * Long.hashCode(series.clockMicros) + key.hashCode()) * 0x9E3779B9;
        return (int) (Integer.toUnsignedLong(hash) * bound >>> Integer.SIZE);
    }
}

package dev.weir.core.series;

/**
 * Which part of a long series is settled: stored apart from the rest, and not with it each time. A series with two minutes of readings, five
 * a second, is 600 readings and as many windows as fit; a checkpoint each second would write all of it for each five that are new.
 *
 * <p>Settled is what the series holds through a moment, {@link SeriesState#settledThroughMicros}: accepted times, and windows that end by
 * then and are shown. It stays as it is unless a reading comes so late that it belongs there, and then nothing is settled any more.
 */
final class Settling {
    /** A shorter series is stored whole. */
    private static final int LEAST_READINGS = 128;
    /** It is worth it where a series grows by no more than this part of it from one time that it is stored to the next. */
    private static final int GROWTH = 16;
    /** The newest readings are not settled, for what is late comes there: this part of all. */
    private static final int OPEN_AT_FIRST = 8;
    /** When more than this part of all is open, the series is settled anew, if that brings the open part down by what is open at first. */
    private static final int OPEN_AT_MOST = 4;

    private Settling() {}

    /** Decides it, each time before the series is stored: returns whether what is settled has to be stored, or, where nothing is, deleted. */
    static boolean settle(SeriesState series) {
        series.accepted.dropBefore(series.floorMicros);
        int readings = series.accepted.size();
        boolean isWorthIt = readings >= LEAST_READINGS && GROWTH * series.addedSinceStored <= readings;
        series.addedSinceStored = 0;
        int settled = series.accepted.countThrough(series.settledThroughMicros);
        if (settled > 0 && OPEN_AT_MOST * (readings - settled) <= readings) {
            return false;
        }
        long latest = isWorthIt ? latest(series, readings) : SeriesState.NONE;
        int settles = series.accepted.countThrough(latest);
        if (settled > 0 && settles > 0 && settles - settled < readings / OPEN_AT_FIRST) {
            return false;
        }
        // Less than half is not worth two places in the store.
        series.settledThroughMicros = 2 * settles < readings ? SeriesState.NONE : latest;
        boolean stored = series.storedApart;
        series.storedApart = series.settledThroughMicros != SeriesState.NONE;
        return series.storedApart || stored;
    }

    /** No window that ends by then has something to show. */
    private static long latest(SeriesState series, int readings) {
        long through = series.accepted.timeAt(readings - 1 - readings / OPEN_AT_FIRST);
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                if (window.pending()) {
                    through = Math.min(through, windows.endMicros(window) - 1);
                }
            }
        }
        return through;
    }
}

package dev.weir.core.series;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesOutput.Cause;

/** Turns windows into rows: a window is emitted when it holds something that no row of it shows, and its time has come. */
final class RowEmitter {
    private final long disorderMicros;
    private final Generation generation;

    RowEmitter(long disorderMicros, Generation generation) {
        this.disorderMicros = disorderMicros;
        this.generation = generation;
    }

    /** Every window that the series clock has closed is shown as it is. */
    void closed(SeriesState series, SeriesKey key, OpenWindows windows, SeriesOutput output) {
        if (windows.quietAt(series.clockMicros)) {
            return;
        }
        for (Window window : windows) {
            if (!ifClosed(series, key, windows, window, output)) {
                windows.quietBefore(windows.endMicros(window) + disorderMicros);
                return;
            }
        }
        windows.quietBefore(Long.MAX_VALUE);
    }

    /** What a window holds is shown, if the series clock has passed its end + disorder: returns whether it has. */
    boolean ifClosed(SeriesState series, SeriesKey key, OpenWindows windows, Window window, SeriesOutput output) {
        if (series.clockMicros < windows.endMicros(window) + disorderMicros) {
            return false;
        }
        emit(series, key, windows, window, window.emittedCount == 0 ? Cause.FIRST : Cause.CORRECTION, output);
        return true;
    }

    /** What a window holds is shown, unless a row shows it already: returns whether none did. */
    boolean emit(
            SeriesState series, SeriesKey key, OpenWindows windows, Window window, Cause cause, SeriesOutput output) {
        if (!window.pending()) {
            return false;
        }
        // Again: its count was set back, but the row of the earlier generation stands outside.
        boolean first = window.emittedCount == 0 && cause != Cause.AGAIN;
        window.emittedCount = window.count;
        output.emitted(row(series, key, windows, window, first), cause);
        return true;
    }

    /** Emits every pending window of the series: returns whether there was one. */
    boolean flush(SeriesState series, SeriesKey key, SeriesOutput output) {
        boolean emitted = false;
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                emitted |= emit(series, key, windows, window, Cause.FLUSH, output);
            }
        }
        return emitted;
    }

    private Aggregate row(SeriesState series, SeriesKey key, OpenWindows windows, Window window, boolean first) {
        boolean partial =
                series.partialThroughMicros != SeriesState.NONE && window.startMicros <= series.partialThroughMicros;
        return Aggregate.builder()
                .series(key)
                .windowSeconds(windows.seconds)
                .windowStartMicros(window.startMicros)
                .site(window.site)
                .unit(window.unit)
                .count(window.count)
                .sum(window.sum())
                .min(window.min)
                .max(window.max)
                .mean(window.mean())
                .stddev(window.stddev())
                .firstValue(window.firstValue)
                .lastValue(window.lastValue)
                .flaggedCount(window.flaggedCount)
                .generation(generation.number())
                .partial(partial)
                .first(first)
                .build();
    }
}

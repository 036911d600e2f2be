package dev.weir.core.series;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesOutput.Cause;

/** Emits windows as rows. A window is emitted when it is due and holds readings that its last row lacks. */
final class RowEmitter {
    private final long disorderMicros;
    private final Generation generation;

    RowEmitter(long disorderMicros, Generation generation) {
        this.disorderMicros = disorderMicros;
        this.generation = generation;
    }

    /** Emits every pending window that the series clock has closed. */
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

    /** Emits the window if the series clock has reached its end + disorder, and returns whether it has. */
    boolean ifClosed(SeriesState series, SeriesKey key, OpenWindows windows, Window window, SeriesOutput output) {
        if (series.clockMicros < windows.endMicros(window) + disorderMicros) {
            return false;
        }
        emit(series, key, windows, window, window.emittedCount == 0 ? Cause.FIRST : Cause.CORRECTION, output);
        return true;
    }

    /** Emits the window unless its last row is current; returns whether it emitted. */
    boolean emit(
            SeriesState series, SeriesKey key, OpenWindows windows, Window window, Cause cause, SeriesOutput output) {
        if (!window.pending()) {
            return false;
        }
        // AGAIN: the count was reset, but a row of the earlier generation is already outside.
        boolean first = window.emittedCount == 0 && cause != Cause.AGAIN;
        window.emittedCount = window.count;
        output.emitted(row(series, key, windows, window, first), cause);
        return true;
    }

    /** Emits every pending window of the series; returns whether there was one. */
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

package dev.weir.core.series;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesOutput.Cause;
import java.util.Arrays;

/**
 * Adapts a series that another generation or configuration has written. Sets the number of the current generation, and keeps, adds or
 * removes windows so that they have the configured lengths. Does not change what the series has accepted.
 */
final class StateReconciler {
    private final SeriesRules rules;
    private final Generation generation;
    private final RowEmitter rows;

    StateReconciler(SeriesRules rules, Generation generation, RowEmitter rows) {
        this.rules = rules;
        this.generation = generation;
        this.rows = rows;
    }

    /**
     * Emits again the windows that rows of an earlier generation show, and emits the pending windows of removed lengths. An added length
     * begins with the first window that starts after the clock.
     *
     * @return whether the series was changed
     */
    boolean reconcile(SeriesState series, SeriesKey key, SeriesOutput output) {
        boolean ofEarlierGeneration = series.generation < generation.number();
        if (ofEarlierGeneration) {
            emitAgain(series, key, output);
            series.generation = generation.number();
        }
        if (hasConfiguredLengths(series)) {
            return ofEarlierGeneration;
        }
        series.settledThroughMicros = SeriesState.NONE;
        OpenWindows[] written = series.lengths;
        OpenWindows[] lengths = new OpenWindows[rules.windowSeconds.length];
        Arrays.setAll(lengths, i -> keptOrAdded(series, rules.windowSeconds[i]));
        series.lengths = Arrays.stream(written)
                .filter(windows -> !Arrays.asList(lengths).contains(windows))
                .toArray(OpenWindows[]::new);
        rows.flush(series, key, output); // the removed lengths
        series.lengths = lengths;
        return true;
    }

    private static OpenWindows keptOrAdded(SeriesState series, int seconds) {
        for (OpenWindows windows : series.lengths) {
            if (windows.seconds == seconds) {
                return windows;
            }
        }
        OpenWindows aligned = new OpenWindows(seconds, SeriesState.NONE);
        return new OpenWindows(seconds, aligned.startOf(series.clockMicros) + aligned.lengthMicros);
    }

    /**
     * Emits every window that a row of an earlier generation shows. Another job may have continued from the same state, accepted more
     * readings into these windows, and then been abandoned by a rollback. Its rows are still in the outputs, and only a higher generation
     * outranks them.
     */
    private void emitAgain(SeriesState series, SeriesKey key, SeriesOutput output) {
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                if (window.emittedCount > 0) {
                    window.emittedCount = 0;
                    rows.emit(series, key, windows, window, Cause.AGAIN, output);
                }
            }
        }
    }

    private boolean hasConfiguredLengths(SeriesState series) {
        return Arrays.equals(
                Arrays.stream(series.lengths)
                        .mapToInt(windows -> windows.seconds)
                        .toArray(),
                rules.windowSeconds);
    }
}

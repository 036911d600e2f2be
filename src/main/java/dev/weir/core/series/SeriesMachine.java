package dev.weir.core.series;

import dev.weir.core.model.Flag;
import dev.weir.core.model.Quality;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesOutput.Cause;
import dev.weir.core.series.SeriesRules.MetricRules;
import java.util.Arrays;

/**
 * Applies the rules of a series (docs/rules.md): judges a reading against the series' own history, keeps its windows and emits their rows.
 * Every verdict follows from the readings and their order alone. Processing time, which the host passes in, only decides how early a row
 * is emitted ({@link #onTime}) and when a silent series is shrunk.
 *
 * <p>Holds no series itself. One machine serves all series of a subtask.
 */
public final class SeriesMachine {
    private final SeriesRules rules;
    private final Generation generation;
    private final RowEmitter rows;
    private final StateReconciler reconciler;

    public SeriesMachine(SeriesRules rules, Generation generation) {
        this.rules = rules;
        this.generation = generation;
        this.rows = new RowEmitter(rules.disorderMicros, generation);
        this.reconciler = new StateReconciler(rules, generation, rows);
    }

    /**
     * Judges a reading, changes the state accordingly, and passes the reading or its reject, and rows that are due, to the output.
     *
     * @param series changed in place
     * @param nowMillis processing time
     */
    public void judge(SeriesState series, Reading sent, long nowMillis, SeriesOutput output) {
        boolean open = (sent.quality() & Quality.TIME_COMES_TWICE) != 0;
        Reading reading = open ? rules.repeatedHour.decided(sent, series.clockMicros) : sent;
        MetricRules metric = rulesOf(series, reading.series());
        series.lastArrivalMillis = nowMillis;
        Reject reject = judgeTimeAndQuota(series, reading, metric);
        if (reject != null) {
            output.rejected(reading, reject);
            return;
        }
        int quality = reading.quality();
        if (later(series, reading)) {
            if (spikes(series, reading, metric)) {
                if (!metric.flagSpike()) {
                    output.rejected(reading, KeyedRejects.spike(series, reading));
                    return;
                }
                quality |= Flag.SPIKE.bit();
            }
            if (stuck(series, reading, metric)) {
                if (!metric.flagStuck()) {
                    output.rejected(reading, KeyedRejects.stuck(series, reading));
                    return;
                }
                quality |= Flag.STUCK.bit();
            }
        }
        accept(series, reading.accepted(quality, generation.number()), metric, nowMillis, output);
    }

    /**
     * Returns the rules of the metric. The series remembers them, because a lookup in the map would cost each reading another cache miss.
     */
    private MetricRules rulesOf(SeriesState series, SeriesKey key) {
        if (series.machine != this) {
            series.machine = this;
            series.rules = rules.of(key.metric());
        }
        return series.rules;
    }

    /** Applies the rules that ignore the value: LATE, DUPLICATE, RATE_LIMITED. Returns null if the reading passes. */
    private Reject judgeTimeAndQuota(SeriesState series, Reading reading, MetricRules metric) {
        long time = reading.eventTimeMicros();
        if (time < floor(series, metric)) {
            return KeyedRejects.late(series, reading);
        }
        int found = series.accepted.find(time);
        if (found >= 0) {
            return KeyedRejects.duplicate(reading, series.accepted.valueAt(found) == reading.value());
        }
        if (rules.quota != null && !rules.quota.take(series, time)) {
            return KeyedRejects.rateLimited(reading);
        }
        return null;
    }

    /** Returns the floor. Uses the current lateness, too, because the configuration may have shortened it since the floor was written. */
    private static long floor(SeriesState series, MetricRules metric) {
        return series.clockMicros == SeriesState.NONE
                ? SeriesState.NONE
                : Math.max(series.floorMicros, series.clockMicros - metric.latenessMicros());
    }

    private static boolean later(SeriesState series, Reading reading) {
        return series.hasLast && reading.eventTimeMicros() > series.clockMicros;
    }

    private static boolean spikes(SeriesState series, Reading reading, MetricRules metric) {
        return metric.maxRate() != null
                && metric.maxRate()
                        .isExceeded(series.lastValue, reading.value(), reading.eventTimeMicros() - series.clockMicros);
    }

    private static boolean stuck(SeriesState series, Reading reading, MetricRules metric) {
        return reading.value() == series.lastValue
                && reading.eventTimeMicros() - series.unchangedSinceMicros >= metric.stuckAfterMicros();
    }

    private void accept(SeriesState series, Reading reading, MetricRules metric, long nowMillis, SeriesOutput output) {
        if (series.clockMicros == SeriesState.NONE) {
            begin(series, reading, metric);
        }
        long time = reading.eventTimeMicros();
        series.lastAcceptedMillis = nowMillis;
        series.tombstone = false;
        series.resized |= series.accepted.add(time, reading.value(), series.floorMicros);
        series.added(time);
        output.accepted(reading);
        boolean clockMoves = time > series.clockMicros;
        if (clockMoves) {
            moveClock(series, time, reading.value(), metric);
        }
        for (OpenWindows windows : series.lengths) {
            if (clockMoves) {
                // Before the reading's own window is opened, because it may reuse the object of a dropped one. The
                // reading's window contains the clock, so it is none of those dropped.
                rows.closed(series, reading.series(), windows, output);
                windows.dropUntil(series.floorMicros);
            }
            Window window = windows.at(time);
            if (window != null) {
                series.resized |= window.count == 0;
                window.add(time, reading.value(), reading.quality() != 0, reading.site(), reading.unit());
                if (!clockMoves) {
                    rows.ifClosed(series, reading.series(), windows, window, output);
                }
            }
        }
    }

    private void begin(SeriesState series, Reading reading, MetricRules metric) {
        series.generation = generation.number();
        series.lengths = new OpenWindows[rules.windowSeconds.length];
        Arrays.setAll(series.lengths, i -> new OpenWindows(rules.windowSeconds[i], SeriesState.NONE));
        if (generation.makesPartialRows()) {
            series.partialThroughMicros = reading.eventTimeMicros() + metric.latenessMicros();
        }
    }

    private static void moveClock(SeriesState series, long time, double value, MetricRules metric) {
        if (!series.hasLast || value != series.lastValue) {
            series.unchangedSinceMicros = time;
        }
        series.hasLast = true;
        series.lastValue = value;
        series.clockMicros = time;
        series.floorMicros = Math.max(series.floorMicros, time - metric.latenessMicros());
    }

    /**
     * Handles silence. Emits the pending windows that the series clock would have closed if it had advanced with processing time since the
     * last accepted reading. This moves no clock and closes no window. After the retention, emits everything and shrinks the series to a
     * tombstone.
     *
     * @param series whose times were clamped to this attempt ({@link SeriesState#clampTimes})
     */
    public void onTime(SeriesState series, SeriesKey key, long nowMillis, SeriesOutput output) {
        if (nowMillis - series.lastArrivalMillis >= rules.retentionMillis) {
            endOfInput(series, key, output);
            entomb(series);
            return;
        }
        long silentMillis = nowMillis - series.lastAcceptedMillis;
        if (silentMillis < rules.idleFlushMillis) {
            return;
        }
        long advancedMicros = series.clockMicros + silentMillis * 1_000;
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                if (advancedMicros >= windows.endMicros(window) + rules.disorderMicros) {
                    rows.emit(series, key, windows, window, Cause.FLUSH, output);
                }
            }
        }
    }

    /**
     * Returns the shortest time after a reading's arrival at which it can make {@link #onTime} due. The host need not check a timer before.
     *
     * @return milliseconds
     */
    public long leastWaitMillis() {
        return Math.min(rules.idleFlushMillis, rules.retentionMillis);
    }

    /**
     * Returns when {@link #onTime} has something to do next.
     *
     * @return processing time, epoch milliseconds; {@link Long#MAX_VALUE} for a tombstone
     */
    public long nextDueMillis(SeriesState series) {
        if (series.tombstone) {
            return Long.MAX_VALUE;
        }
        long due = series.lastArrivalMillis + rules.retentionMillis;
        for (OpenWindows windows : series.lengths) {
            for (Window window : windows) {
                if (window.pending()) {
                    long toGoMicros = windows.endMicros(window) + rules.disorderMicros - series.clockMicros;
                    long toGoMillis = Math.floorDiv(toGoMicros + 999, 1_000L);
                    due = Math.min(due, series.lastAcceptedMillis + Math.max(rules.idleFlushMillis, toGoMillis));
                }
            }
        }
        return due;
    }

    /**
     * Emits every pending window. Moves no clock and closes no window.
     *
     * @return whether a window was emitted
     */
    public boolean endOfInput(SeriesState series, SeriesKey key, SeriesOutput output) {
        return rows.flush(series, key, output);
    }

    /**
     * Adapts a series that another generation or configuration may have written. Must be called once, before the series is judged.
     *
     * @return whether the series was changed
     */
    public boolean reconcile(SeriesState series, SeriesKey key, SeriesOutput output) {
        return reconciler.reconcile(series, key, output);
    }

    /**
     * Shrinks the series to clock, floor, the end of partial windows and the windows around the clock. Readings at or before the clock are
     * late then.
     */
    private static void entomb(SeriesState series) {
        series.floorMicros = series.clockMicros + 1;
        series.accepted.clear();
        series.settledThroughMicros = SeriesState.NONE;
        series.hasLast = false;
        series.unchangedSinceMicros = SeriesState.NONE;
        series.quotaParts = TokenBucket.FULL;
        series.quotaPartsPerToken = 1;
        series.quotaClockMicros = SeriesState.NONE;
        for (OpenWindows windows : series.lengths) {
            windows.dropUntil(series.floorMicros);
        }
        series.tombstone = true;
        series.resized = true;
    }
}

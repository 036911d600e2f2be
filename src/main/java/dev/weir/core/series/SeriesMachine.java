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
 * The rules of one series (docs/rules.md): judges a reading against the series' own history, keeps its windows and
 * emits their rows. Everything it decides follows from the readings and their order alone; processing time, which the host passes in,
 * only decides how early a row is shown ({@link #onTime}) and when a silent series is shrunk.
 *
 * <p>Holds no series itself: one machine serves all series of a subtask.
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
     * The reading is judged, and its consequences are in the state and the output.
     *
     * @param series changed in place
     * @param nowMillis processing time
     */
    public void judge(SeriesState series, Reading sent, long nowMillis, SeriesOutput output) {
        boolean open = (sent.quality() & Quality.TIME_COMES_TWICE) != 0;
        Reading reading = open ? rules.repeatedHour.decided(sent, series.clockMicros) : sent;
        MetricRules metric = rulesOf(series, reading.series());
        series.lastArrivalMillis = nowMillis;
        Reject reject = accumulated(series, reading, metric);
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

    /** Looked up once for a series: the map, and the metric's name in it, would be one more place in memory for each reading. */
    private MetricRules rulesOf(SeriesState series, SeriesKey key) {
        if (series.machine != this) {
            series.machine = this;
            series.rules = rules.of(key.metric());
        }
        return series.rules;
    }

    /** The verdict of the rules that do not look at the value: LATE, DUPLICATE, RATE_LIMITED; null for a pass. */
    private Reject accumulated(SeriesState series, Reading reading, MetricRules metric) {
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

    /** Also by the present lateness, should the configuration have made it shorter since the floor was written. */
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
                // First, for the reading's own window may get the object of one that is dropped. It cannot be
                // one of these itself: it contains the clock.
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
     * What has become due by the passing of time is emitted: pending windows that the series clock would have closed had it gone on
     * since the last accepted reading (this moves no clock and closes no window); after the retention everything, and the series is
     * a tombstone.
     *
     * @param series whose times are of this attempt: {@link SeriesState#clampTimes}
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
     * No reading makes anything due sooner than this after it came, so a timer before that time need not be looked into.
     *
     * @return milliseconds
     */
    public long leastWaitMillis() {
        return Math.min(rules.idleFlushMillis, rules.retentionMillis);
    }

    /**
     * When {@link #onTime} has something to do next.
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
     * Every pending window is emitted. Moves no clock and closes no window.
     *
     * @return whether there was one
     */
    public boolean endOfInput(SeriesState series, SeriesKey key, SeriesOutput output) {
        return rows.flush(series, key, output);
    }

    /**
     * Brings a series that another generation or configuration may have written to the present one. To be called once, before the series
     * is judged.
     *
     * @return whether the series was changed
     */
    public boolean reconcile(SeriesState series, SeriesKey key, SeriesOutput output) {
        return reconciler.reconcile(series, key, output);
    }

    /** Clock, floor, the mark of partial rows and the windows around the clock are all that is left; nothing at or before the clock comes in. */
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

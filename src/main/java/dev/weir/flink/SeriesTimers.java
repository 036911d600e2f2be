package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The one processing-time timer of each series. One that is set reaches Flink's timer service, and so the state backend, when its series is
 * written or within {@link #WAIT_MILLIS}, those that wait together by key group. A timer that moves meanwhile moves in memory alone, and
 * RocksDB takes neighbours far sooner than timers from all over: one by one they were a sixth of the thread with ten million series.
 */
final class SeriesTimers {
    private static final long WAIT_MILLIS = 1_000;

    private final InternalTimerService<VoidNamespace> service;
    private final ProcessingTimeService clock;
    private final KeyedStateBackend<SeriesKey> backend;
    /** Some may have been written meanwhile, or have left the cache, which writes them. */
    private List<CachedSeries> waiting = new ArrayList<>();

    SeriesTimers(
            InternalTimerService<VoidNamespace> service,
            ProcessingTimeService clock,
            KeyedStateBackend<SeriesKey> backend) {
        this.service = service;
        this.clock = clock;
        this.backend = backend;
    }

    /** The timer of the series, which is to be written sooner or later, is due then and at no other time. */
    void set(CachedSeries series, long dueMillis) {
        boolean waits = series.timerMillis != series.series.timerMillis();
        series.timerMillis = dueMillis;
        long nowMillis = clock.getCurrentProcessingTime();
        if (dueMillis - nowMillis < 2 * WAIT_MILLIS) {
            backend.setCurrentKeyAndKeyGroup(series.key, series.keyGroup);
            settle(series);
        } else if (!waits) {
            if (waiting.isEmpty()) {
                var unused =
                        clock.registerTimer(nowMillis + WAIT_MILLIS, time -> settleAll()); // a failure fails the task
            }
            waiting.add(series);
        }
    }

    /** What the timer service holds of the series is what was set. The series' key is the backend's current one. */
    void settle(CachedSeries series) {
        long registered = series.series.timerMillis();
        if (registered == series.timerMillis) {
            return;
        }
        if (registered != CachedSeries.NO_TIMER) {
            service.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, registered);
        }
        if (series.timerMillis != CachedSeries.NO_TIMER) {
            service.registerProcessingTimeTimer(VoidNamespace.INSTANCE, series.timerMillis);
        }
        series.series.timerMillis(series.timerMillis);
    }

    /** The timer service has just given the series' timer away. */
    void fired(CachedSeries series) {
        series.series.timerMillis(CachedSeries.NO_TIMER);
        series.timerMillis = CachedSeries.NO_TIMER;
    }

    private void settleAll() {
        List<CachedSeries> all = waiting;
        waiting = new ArrayList<>();
        all.removeIf(CachedSeries::hasLeft);
        for (CachedSeries series : CachedSeries.byKeyGroup(all)) {
            backend.setCurrentKeyAndKeyGroup(series.key, series.keyGroup);
            settle(series);
        }
    }
}

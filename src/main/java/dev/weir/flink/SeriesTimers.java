package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The one processing-time timer of each series. One that is set reaches Flink's timer service, and so the state backend, when its series is
 * written, with the others that wait before a barrier or within {@link #WAIT_MILLIS}, or at once if it is due soon. Those that wait go by key
 * group, for RocksDB takes neighbours far sooner than timers from all over: one by one they were a sixth of the thread with ten million
 * series. One that moves meanwhile moves in memory alone.
 */
final class SeriesTimers {
    private static final long WAIT_MILLIS = 1_000;
    /** After a restore all timers of a subtask may be due at once, and to each series the next one is given before time goes on. */
    private static final int MOST_WAITING = 10_000;

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

    /** The timer of the series, which is to be written sooner or later, is due then and at no other time. Changes the backend's current key. */
    void set(CachedSeries series, long dueMillis) {
        boolean waits = series.timerMillis != series.series.timerMillis();
        series.timerMillis = dueMillis;
        long nowMillis = clock.getCurrentProcessingTime();
        if (dueMillis - nowMillis < 2 * WAIT_MILLIS) {
            registerOf(series);
        } else if (!waits) {
            if (waiting.isEmpty()) {
                // A failure of it fails the task.
                var unused = clock.registerTimer(nowMillis + WAIT_MILLIS, time -> registerAll());
            }
            waiting.add(series);
            if (waiting.size() >= MOST_WAITING) {
                registerAll();
            }
        }
    }

    /** What the timer service holds of the series is what was set. The series' key is the backend's current one. */
    void register(CachedSeries series) {
        long registered = series.series.timerMillis();
        if (registered == series.timerMillis) {
            return;
        }
        if (registered != SeriesState.NO_TIMER) {
            service.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, registered);
        }
        service.registerProcessingTimeTimer(VoidNamespace.INSTANCE, series.timerMillis);
        series.series.timerMillis(series.timerMillis);
    }

    /** The timer service has just given the series' timer away. */
    void fired(CachedSeries series) {
        series.series.timerMillis(SeriesState.NO_TIMER);
        series.timerMillis = SeriesState.NO_TIMER;
    }

    /**
     * No timer waits any more. To be called before a barrier: with {@code state.backend.rocksdb.timer-service.factory: HEAP} Flink takes the
     * timers of a checkpoint before it asks the operator for its state.
     */
    void registerAll() {
        List<CachedSeries> all = waiting;
        waiting = new ArrayList<>();
        all.removeIf(CachedSeries::hasLeft);
        for (CachedSeries series : CachedSeries.byKeyGroup(all)) {
            registerOf(series);
        }
    }

    private void registerOf(CachedSeries series) {
        backend.setCurrentKeyAndKeyGroup(series.key, series.keyGroup);
        register(series);
    }
}

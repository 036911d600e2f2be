package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesMachine;
import dev.weir.core.series.SeriesState;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * The processing-time timer of each series.
 *
 * <p><b>Idea.</b> A timer that is set only changes a field of its cached series. It is registered with Flink's timer service, and so with
 * the state backend, later: when its series is written, together with all waiting timers before a barrier or after {@link #WAIT_MILLIS}, or
 * at once if it is due soon. A timer that moves in the meantime costs no further registration.
 *
 * <p><b>Invariant.</b> Each series has at most one registered timer, whose time {@link SeriesState#timerMillis} holds. {@link
 * CachedSeries#timerMillis} is the time that was set. The two are equal before each barrier, and a timer is registered before it is due.
 *
 * <p><b>Cost.</b> Waiting timers are registered in the order of their key groups, because RocksDB takes neighbours far faster than
 * scattered keys. Registered one by one, timers took a sixth of the thread's time with ten million series.
 */
final class SeriesTimers {
    private static final long WAIT_MILLIS = 1_000;
    /**
     * Limit of waiting timers. After a restore all timers of a subtask may be due at once, and each series then gets its next one before
     * time advances.
     */
    private static final int MOST_WAITING = 10_000;

    private final InternalTimerService<VoidNamespace> service;
    private final ProcessingTimeService clock;
    private final KeyedStateBackend<SeriesKey> backend;
    /** Some of them may have been written in the meantime, or evicted from the cache, which writes them. */
    private List<CachedSeries> waiting = new ArrayList<>();

    SeriesTimers(
            InternalTimerService<VoidNamespace> service,
            ProcessingTimeService clock,
            KeyedStateBackend<SeriesKey> backend) {
        this.service = service;
        this.clock = clock;
        this.backend = backend;
    }

    /**
     * Sets the timer of the series if something is due before the timer that is set. Usually a reading sets none. The series must be marked
     * dirty. Changes the backend's current key.
     *
     * <p>A timer that must move is set earlier than needed: half way between the due time and the earliest time that any reading could
     * require. If an input lags or its delay varies, each reading brings the due time nearer, and moving the timer with each of them used
     * to be the greatest cost of timers.
     *
     * @param nowMillis processing time of the reading or timer that changed the series, epoch milliseconds
     */
    void schedule(CachedSeries series, SeriesMachine machine, long nowMillis) {
        boolean moves = series.timerMillis != SeriesState.NO_TIMER;
        long earliest = nowMillis + machine.leastWaitMillis();
        if (moves && series.timerMillis <= earliest) {
            return;
        }
        long due = machine.nextDueMillis(series.series);
        if (due == Long.MAX_VALUE || moves && series.timerMillis <= due) {
            return;
        }
        set(series, moves ? due - Math.max(0, due - earliest) / 2 : due);
    }

    /** Sets the timer of a series, which replaces any earlier one. */
    private void set(CachedSeries series, long dueMillis) {
        boolean waits = series.timerMillis != series.series.timerMillis();
        series.timerMillis = dueMillis;
        long nowMillis = clock.getCurrentProcessingTime();
        if (dueMillis - nowMillis < 2 * WAIT_MILLIS) {
            setKeyAndRegister(series);
        } else if (!waits) {
            if (waiting.isEmpty()) {
                // A failure of the callback fails the task.
                var unused = clock.registerTimer(nowMillis + WAIT_MILLIS, time -> registerAll());
            }
            waiting.add(series);
            if (waiting.size() >= MOST_WAITING) {
                registerAll();
            }
        }
    }

    /** Brings the timer service up to date with the timer that was set. The series' key must be the backend's current one. */
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

    /** Records that the series' timer has fired. */
    void fired(CachedSeries series) {
        series.series.timerMillis(SeriesState.NO_TIMER);
        series.timerMillis = SeriesState.NO_TIMER;
    }

    /**
     * Registers all waiting timers. Must be called before a barrier. With {@code state.backend.rocksdb.timer-service.factory: HEAP} Flink
     * snapshots timers before it asks the operator for its state.
     */
    void registerAll() {
        List<CachedSeries> all = waiting;
        waiting = new ArrayList<>();
        all.removeIf(CachedSeries::hasLeft);
        for (CachedSeries series : CachedSeries.byKeyGroup(all)) {
            setKeyAndRegister(series);
        }
    }

    private void setKeyAndRegister(CachedSeries series) {
        backend.setCurrentKeyAndKeyGroup(series.key, series.keyGroup);
        register(series);
    }
}

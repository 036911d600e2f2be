package dev.weir.flink;

import dev.weir.config.WeirConfig;
import dev.weir.core.series.SeriesMachine;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Remembers by which rules, and up to which time, the timers of {@link SeriesOperator} were set. A silent series is only read when its timer
 * fires, so a timer that was set by a longer idle flush, or by a wall clock that ran ahead, would fire as late as it was set. A start
 * that finds such a change reads every series once and sets its timer anew; without one no series is read before it is needed.
 *
 * <p>State {@code timer-rules}: broadcast, four short entries, alike in every subtask but for the time.
 */
final class TimerRules {
    private static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("timer-rules", Types.STRING, Types.LONG);
    /** The greatest processing time of the attempt before its snapshot: no timer was set by a later one. */
    private static final String SNAPSHOT = "snapshot";

    private final BroadcastState<String, Long> stored;
    private final Map<String, Long> millis = new LinkedHashMap<>();

    TimerRules(OperatorStateStore store, WeirConfig config) throws Exception {
        stored = store.getBroadcastState(RULES);
        millis.put("idle-flush", config.time().idleFlush().toMillis());
        millis.put("disorder", config.time().disorder().toMillis());
        millis.put("retention", config.stateRetention().toMillis());
    }

    /**
     * Returns whether a restored timer may be later than it would be set now: a rule is shorter than before, the clock is behind that of the
     * snapshot, or the state does not say, because it is from before these were kept.
     */
    boolean timersMayBeLate(long nowMillis) throws Exception {
        Long snapshot = stored.get(SNAPSHOT);
        if (snapshot == null || nowMillis < snapshot) {
            return true;
        }
        for (Map.Entry<String, Long> rule : millis.entrySet()) {
            Long before = stored.get(rule.getKey());
            if (before == null || rule.getValue() < before) {
                return true;
            }
        }
        return false;
    }

    /** Reads every series once, and makes its timer no later than the present rules and clock want it: about 10 s a million series. */
    static void setTimersAnew(StateCache cache, ValueStateDescriptor<byte[]> series, SeriesMachine machine)
            throws Exception {
        cache.forEach(series, entry -> {
            long due = machine.nextDueMillis(entry.series);
            if (due < entry.timerMillis) {
                entry.timerMillis = due; // reaches the timer service as the series is written
                entry.dirty = true;
            }
        });
    }

    /**
     * Is to be called from {@code snapshotState}.
     *
     * @param latestMillis greatest processing time of this attempt
     */
    void snapshot(long latestMillis) throws Exception {
        stored.putAll(millis);
        stored.put(SNAPSHOT, latestMillis);
    }
}

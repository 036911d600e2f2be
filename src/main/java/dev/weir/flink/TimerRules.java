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
 * Remembers the rules and the time by which the timers of {@link SeriesOperator} were set. A silent series is read only when its timer
 * fires. A timer that was set by a longer idle flush, or by a wall clock that ran ahead, would therefore fire too late. A start that finds
 * such a change reads every series once and resets its timer. Otherwise no series is read before it is needed.
 *
 * <p>State {@code timer-rules}: broadcast, four short entries. They are equal in all subtasks, except for the time.
 */
final class TimerRules {
    private static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("timer-rules", Types.STRING, Types.LONG);
    /** The greatest processing time before the snapshot. No timer was set by a later one. */
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
     * Returns whether a restored timer may be later than it would be set now. It may if a rule is shorter than before, if the clock is
     * behind that of the snapshot, or if the state is older than this class and does not say.
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

    /**
     * Reads every series once, and moves its timer forward if the current rules and clock require it. Takes about 10 s for a million
     * series.
     */
    static void resetTimers(StateCache cache, ValueStateDescriptor<byte[]> series, SeriesMachine machine)
            throws Exception {
        cache.forEach(series, entry -> {
            long due = machine.nextDueMillis(entry.series);
            if (due < entry.timerMillis) {
                entry.timerMillis = due; // registered with Flink when the series is written
                entry.dirty = true;
            }
        });
    }

    /**
     * Stores the rules and the time. Must be called from {@code snapshotState}.
     *
     * @param latestMillis greatest processing time of this attempt, epoch milliseconds
     */
    void snapshot(long latestMillis) throws Exception {
        stored.putAll(millis);
        stored.put(SNAPSHOT, latestMillis);
    }
}

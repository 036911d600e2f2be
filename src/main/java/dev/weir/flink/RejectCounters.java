package dev.weir.flink;

import dev.weir.core.model.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metric of one level's rejects: one counter for each reason, which reporters show as the label {@code reason}. */
final class RejectCounters {
    private final MetricGroup weir;
    private final String name;
    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    /** Registers the counters of the level's reasons, so that they show 0 before the first reject. */
    RejectCounters(MetricGroup weir, String name, Reason.Level level) {
        this.weir = weir;
        this.name = name;
        Reason.ofLevel(level).forEach(reason -> counters.put(reason, register(reason)));
    }

    /** Counts one reject. Registers the counter of a reason that does not list the level, because a gap in a list must not fail the job. */
    void count(Reason reason) {
        counters.computeIfAbsent(reason, this::register).inc();
    }

    private Counter register(Reason reason) {
        return weir.addGroup("reason", reason.name()).counter(name);
    }
}

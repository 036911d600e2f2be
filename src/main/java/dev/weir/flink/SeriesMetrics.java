package dev.weir.flink;

import dev.weir.core.model.Flag;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.series.SeriesOutput.Cause;
import dev.weir.metrics.WeirMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of {@link SeriesOperator}, in group {@code weir}. They count from the start of this attempt. */
final class SeriesMetrics {
    private static final Flag[] FLAGS = Flag.values();

    final Counter partitionSwitches;

    private final Counter accepted;
    private final Map<Flag, Counter> flagged = new EnumMap<>(Flag.class);
    private final RejectCounters rejected;
    private final Map<Cause, Counter> emitted = new EnumMap<>(Cause.class);
    private long lagMillis;

    /**
     * Registers the metrics.
     *
     * @param live number of this subtask's series that are no tombstones
     */
    SeriesMetrics(MetricGroup operator, String pipeline, StateCache cache, LongSupplier live) {
        MetricGroup weir = WeirMetrics.group(operator, pipeline);
        accepted = weir.counter("readingsAccepted");
        for (Flag flag : FLAGS) {
            flagged.put(flag, weir.addGroup("reason", flag.reason().name()).counter("readingsFlagged"));
        }
        rejected = new RejectCounters(weir, "readingsRejected", Reason.Level.SERIES);
        emitted.put(Cause.FIRST, weir.counter("windowsFirst"));
        emitted.put(Cause.CORRECTION, weir.counter("windowsCorrected"));
        emitted.put(Cause.FLUSH, weir.counter("windowsIdleFlushed"));
        partitionSwitches = weir.counter("seriesPartitionSwitches");
        weir.gauge("seriesLive", (Gauge<Long>) live::getAsLong);
        weir.gauge("stateCacheHits", (Gauge<Long>) cache::hits);
        weir.gauge("stateCacheMisses", (Gauge<Long>) cache::misses);
        weir.gauge("stateCacheEvictions", (Gauge<Long>) cache::evictions);
        weir.gauge("eventTimeLagMs", (Gauge<Long>) () -> lagMillis);
    }

    void accepted(Reading reading, long nowMillis) {
        accepted.inc();
        if (reading.quality() != 0) {
            flagged(reading.quality());
        }
        lagMillis = nowMillis - Math.floorDiv(reading.eventTimeMicros(), 1_000L);
    }

    private void flagged(int quality) {
        for (Flag flag : FLAGS) {
            if (flag.isIn(quality)) {
                flagged.get(flag).inc();
            }
        }
    }

    void rejected(Reason reason) {
        rejected.count(reason);
    }

    void emitted(Cause cause) {
        // A row that is emitted again is no new result.
        if (cause != Cause.AGAIN) {
            emitted.get(cause).inc();
        }
    }
}

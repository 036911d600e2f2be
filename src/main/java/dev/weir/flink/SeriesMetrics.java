package dev.weir.flink;

import dev.weir.core.model.Quality;
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

/** The metrics of {@link SeriesOperator}, in group {@code weir}; counts since the start of this attempt. */
final class SeriesMetrics {
    final Counter partitionSwitches;

    private final Counter accepted;
    private final Counter flaggedOutOfRange;
    private final Counter flaggedSpike;
    private final Counter flaggedStuck;
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final Map<Cause, Counter> emitted = new EnumMap<>(Cause.class);
    private long lagMillis;

    /** @param live number of series of this subtask that are no tombstones */
    SeriesMetrics(MetricGroup operator, String pipeline, StateCache cache, LongSupplier live) {
        MetricGroup weir = WeirMetrics.group(operator, pipeline);
        accepted = weir.counter("readingsAccepted");
        flaggedOutOfRange = WeirMetrics.flagged(weir, Reason.OUT_OF_RANGE);
        flaggedSpike = WeirMetrics.flagged(weir, Reason.SPIKE);
        flaggedStuck = WeirMetrics.flagged(weir, Reason.STUCK);
        for (Reason reason : Reason.values()) {
            if (reason.compareTo(Reason.LATE) >= 0) {
                rejected.put(reason, WeirMetrics.rejected(weir, reason));
            }
        }
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
            flagged(reading.quality(), Quality.OUT_OF_RANGE, flaggedOutOfRange);
            flagged(reading.quality(), Quality.SPIKE, flaggedSpike);
            flagged(reading.quality(), Quality.STUCK, flaggedStuck);
        }
        lagMillis = nowMillis - Math.floorDiv(reading.eventTimeMicros(), 1_000L);
    }

    private static void flagged(int quality, int bit, Counter counter) {
        if ((quality & bit) != 0) {
            counter.inc();
        }
    }

    void rejected(Reason reason) {
        rejected.get(reason).inc();
    }

    void emitted(Cause cause) {
        // What is shown again is no new result.
        if (cause != Cause.AGAIN) {
            emitted.get(cause).inc();
        }
    }
}

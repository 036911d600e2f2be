package dev.weir.core.series;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Rate;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Flag;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keyed rules of one configuration, resolved to plain numbers once. Immutable. */
public final class SeriesRules {
    final long disorderMicros;
    final long idleFlushMillis;
    final long retentionMillis;
    final int[] windowSeconds;
    final TokenBucket quota;
    final RepeatedHour repeatedHour;

    private final Map<String, MetricRules> byMetric = new HashMap<>();
    private final MetricRules unknownMetric;

    /**
     * Resolves the rules of a checked configuration.
     *
     * @param windows window lengths, whole seconds, ascending
     * @param retention silence after which a series shrinks to a tombstone, in processing time
     */
    public SeriesRules(Catalog catalog, TimeSettings time, List<Duration> windows, Duration retention) {
        repeatedHour = RepeatedHour.of(catalog.inputs().get(0).eventTime(), time.futureSkew());
        disorderMicros = micros(time.disorder());
        idleFlushMillis = time.idleFlush().toMillis();
        retentionMillis = retention.toMillis();
        windowSeconds = windows.stream()
                .mapToInt(length -> Math.toIntExact(length.toSeconds()))
                .toArray();
        quota = catalog.quota() == null ? null : new TokenBucket(catalog.quota());
        unknownMetric = new MetricRules(micros(time.lateness()), null, false, Long.MAX_VALUE, false);
        // Interned, as the metric names in the keys that come over the exchange are, so that a lookup finds the name by
        // identity.
        catalog.metrics().forEach((name, metric) -> byMetric.put(name.intern(), rules(metric, time.lateness())));
    }

    MetricRules of(String metric) {
        return byMetric.getOrDefault(metric, unknownMetric);
    }

    private static MetricRules rules(Metric metric, Duration lateness) {
        return new MetricRules(
                micros(metric.lateness() == null ? lateness : metric.lateness()),
                limit(metric.maxRate()),
                metric.flags(Flag.SPIKE),
                metric.stuckAfter() == null ? Long.MAX_VALUE : micros(metric.stuckAfter()),
                metric.flags(Flag.STUCK));
    }

    private static RateLimit limit(Rate rate) {
        return rate == null ? null : new RateLimit(rate.amount(), micros(rate.per()));
    }

    private static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000L);
    }

    /**
     * The rules of one metric.
     *
     * @param maxRate null for no limit
     * @param stuckAfterMicros {@link Long#MAX_VALUE} for no limit
     */
    record MetricRules(
            long latenessMicros, RateLimit maxRate, boolean flagSpike, long stuckAfterMicros, boolean flagStuck) {}
}

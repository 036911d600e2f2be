package dev.weir.testing.oracle;

import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The rules of docs/rules.md for one series, in their order. All times are event times in epoch microseconds. */
final class SeriesFold {
    private final Metric metric; // null for an unknown one
    private final long lateness;
    private final TokenBucket bucket; // null without a quota
    private final List<Accepted> accepted = new ArrayList<>();

    /** Values accepted at or after the floor, by event time. */
    private final TreeMap<Long, Double> seen = new TreeMap<>();

    private boolean begun;
    private long clock;
    private long floor = Long.MIN_VALUE;
    /** Value at the clock, and since when it is the same. */
    private double value;

    private Ratio exactValue;

    private long unchangedSince;

    SeriesFold(Metric metric, Duration defaultLateness, Quota quota) {
        this.metric = metric;
        this.lateness = micros(metric == null || metric.lateness() == null ? defaultLateness : metric.lateness());
        this.bucket = quota == null ? null : new TokenBucket(quota);
    }

    Verdict judge(Candidate candidate) {
        boolean passed = begun && candidate.reading().eventTimeMicros() <= clock;
        return judgeAt(candidate.laterMicros() != null && passed ? candidate.atLater() : candidate);
    }

    private Verdict judgeAt(Candidate candidate) {
        Accepted reading = candidate.reading();
        long time = reading.eventTimeMicros();
        if (time < floor) {
            return reject(reading, Reason.LATE, "");
        }
        Double first = seen.get(time);
        if (first != null) {
            // Unboxed: 0.0 and -0.0 are the same value.
            boolean same = first.doubleValue() == reading.value();
            return reject(reading, Reason.DUPLICATE, same ? "same value" : "other value");
        }
        if (bucket != null && !bucket.take(time)) {
            return reject(reading, Reason.RATE_LIMITED, "");
        }
        int quality = reading.quality();
        if (metric != null && begun && time > clock) {
            if (spike(candidate)) {
                if (!metric.flags(Flag.SPIKE)) {
                    return reject(reading, Reason.SPIKE, "");
                }
                quality |= Flag.SPIKE.bit();
            }
            if (stuck(reading)) {
                if (!metric.flags(Flag.STUCK)) {
                    return reject(reading, Reason.STUCK, "");
                }
                quality |= Flag.STUCK.bit();
            }
        }
        return accept(reading.withQuality(quality), candidate.exact());
    }

    /** Faster than max-rate, by the digits that were sent: |change| / dt > amount / per. */
    private boolean spike(Candidate candidate) {
        Rate limit = metric.maxRate();
        return limit != null
                && candidate
                        .exact()
                        .distance(exactValue)
                        .isMoreThan(limit.amount(), candidate.reading().eventTimeMicros() - clock, micros(limit.per()));
    }

    private boolean stuck(Accepted reading) {
        return metric.stuckAfter() != null
                && reading.value() == value
                && reading.eventTimeMicros() - unchangedSince >= micros(metric.stuckAfter());
    }

    private Accepted accept(Accepted reading, Ratio exact) {
        long time = reading.eventTimeMicros();
        accepted.add(reading);
        seen.put(time, reading.value());
        if (!begun || time > clock) {
            if (!begun || reading.value() != value) {
                unchangedSince = time;
            }
            begun = true;
            value = reading.value();
            exactValue = exact;
            clock = time;
            floor = clock < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : clock - lateness;
            seen.headMap(floor).clear(); // LATE by now, whatever its value
        }
        return reading;
    }

    private static Rejected reject(Accepted reading, Reason reason, String detail) {
        return new Rejected(reading.origin(), reason, detail, reading.series().metric());
    }

    /** In the order of acceptance. */
    List<Accepted> accepted() {
        return accepted;
    }

    static long micros(Duration duration) {
        return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
    }
}

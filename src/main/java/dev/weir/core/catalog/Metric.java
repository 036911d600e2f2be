package dev.weir.core.catalog;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One metric of the catalog: its unit and its rules.
 *
 * @param unit UCUM code, or a text of the catalog's own, which nothing converts into; null for a metric without a unit
 * @param lateness how far behind the series clock a reading may be; null for {@code weir.time.lateness}
 * @param optional whether the metric may be missing from a wide event without a reject
 */
public record Metric(String name, String unit, Limits limits, Actions on, Duration lateness, boolean optional)
        implements Serializable {

    /**
     * What a good value keeps to, in the metric's unit.
     *
     * @param min smallest good value, inclusive; negative infinity for none
     * @param max greatest good value, inclusive; infinity for none
     * @param maxRate greatest good change, inclusive, of the value over event time; null for none
     * @param stuckAfter how long a value may stay the same; null for ever
     * @param sentinels values, as sent, that mean a fault of the device
     */
    public record Limits(double min, double max, Rate maxRate, Duration stuckAfter, List<Double> sentinels)
            implements Serializable {}

    /** What becomes of a reading that breaks a limit, limit by limit. */
    public record Actions(Action outOfRange, Action spike, Action stuck) implements Serializable {}

    /** What becomes of a reading that a limit finds bad. */
    public enum Action {
        REJECT,
        FLAG
    }

    public double min() {
        return limits.min();
    }

    public double max() {
        return limits.max();
    }

    public Rate maxRate() {
        return limits.maxRate();
    }

    public Duration stuckAfter() {
        return limits.stuckAfter();
    }

    public List<Double> sentinels() {
        return limits.sentinels();
    }

    public Action onOutOfRange() {
        return on.outOfRange();
    }

    public Action onSpike() {
        return on.spike();
    }

    public Action onStuck() {
        return on.stuck();
    }
}

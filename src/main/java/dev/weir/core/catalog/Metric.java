package dev.weir.core.catalog;

import dev.weir.core.model.Flag;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One metric of the catalog: its unit and its rules.
 *
 * @param unit UCUM code, or a text of the catalog's own that nothing converts into; null for a metric without a unit
 * @param on the action of every rule that can flag: what happens to a reading that it finds bad
 * @param lateness how far behind the series clock a reading may be; null for {@code weir.time.lateness}
 * @param optional whether the metric may be missing from a wide event without a reject
 * @param scaling how what is sent becomes a number
 */
public record Metric(
        String name,
        String unit,
        Limits limits,
        Map<Flag, Action> on,
        Duration lateness,
        boolean optional,
        Scaling scaling)
        implements Serializable {

    /** Creates a metric whose numbers are taken as they are sent. */
    public Metric(String name, String unit, Limits limits, Map<Flag, Action> on, Duration lateness, boolean optional) {
        this(name, unit, limits, on, lateness, optional, Scaling.NONE);
    }

    /**
     * The limits of a good value, in the metric's unit.
     *
     * @param min smallest good value, inclusive; negative infinity for none
     * @param max greatest good value, inclusive; infinity for none
     * @param maxRate greatest good change of the value over event time, inclusive; null for none
     * @param stuckAfter how long a value may stay the same; null for no limit
     * @param sentinels values, as sent, that mean a fault of the device
     */
    public record Limits(double min, double max, Rate maxRate, Duration stuckAfter, List<Double> sentinels)
            implements Serializable {}

    /** The action for a reading that a limit finds bad. */
    public enum Action {
        REJECT,
        FLAG
    }

    /** Sets the default action of each rule that {@code on} does not contain. */
    public Metric {
        Map<Flag, Action> all = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            all.put(flag, on.getOrDefault(flag, flag.isDefault() ? Action.FLAG : Action.REJECT));
        }
        on = Collections.unmodifiableMap(all);
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

    /** Returns whether a reading that the rule finds bad is accepted and flagged. Otherwise it is rejected. */
    public boolean flags(Flag flag) {
        return on.get(flag) == Action.FLAG;
    }
}

package dev.weir.core.catalog;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The limits of one metric, in its unit.
 *
 * @param unit UCUM code, or a text of the catalog's own, which nothing converts into; null for a metric without a unit
 * @param min smallest good value, inclusive; negative infinity for none
 * @param max greatest good value, inclusive; infinity for none
 * @param maxRate greatest good change, inclusive, of the value over event time; null for none
 * @param stuckAfter how long a value may stay the same; null for ever
 * @param sentinels values, as sent, that mean a fault of the device
 * @param lateness how far behind the series clock a reading may be; null for {@code weir.time.lateness}
 * @param optional whether the metric may be missing from a wide event without a reject
 */
public record Metric(
        String name,
        String unit,
        double min,
        double max,
        Rate maxRate,
        Duration stuckAfter,
        List<Double> sentinels,
        Duration lateness,
        Action onOutOfRange,
        Action onSpike,
        Action onStuck,
        boolean optional)
        implements Serializable {

    /** What becomes of a reading that a limit finds bad. */
    public enum Action {
        REJECT,
        FLAG
    }
}

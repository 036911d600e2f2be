package dev.weir.config.catalog;

import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Names;
import dev.weir.core.catalog.Scaling;
import dev.weir.core.catalog.UnitCodes;
import dev.weir.core.check.Units;
import dev.weir.core.model.Flag;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads and checks one metric. */
final class MetricReader {
    private final Duration disorder;

    /** @param disorder {@code weir.time.disorder}, or null if it is not known */
    MetricReader(Duration disorder) {
        this.disorder = disorder;
    }

    Metric read(String name, Section metric) {
        metric.refuseUnknownKeys();
        String unit = unit(metric);
        Double min = metric.number("min");
        Double max = metric.number("max");
        if (min != null && max != null && min > max) {
            String message = "must be <= max (" + metric.text("max") + "), got " + metric.text("min");
            metric.problem("min", message, "swap the two or correct one");
        }
        Duration stuckAfter = metric.duration("stuck-after");
        if (stuckAfter != null && stuckAfter.isZero()) {
            metric.problem("stuck-after", "must be longer than 0, got 0", "remove it, or write for instance 2 h");
        }
        Section on = metric.section("on");
        on.refuseUnknownKeys();
        // Problems are reported in the order in which fields are read.
        Metric.Limits limits = new Metric.Limits(
                min == null ? Double.NEGATIVE_INFINITY : min,
                max == null ? Double.POSITIVE_INFINITY : max,
                Rates.read(metric, "max-rate"),
                stuckAfter,
                List.copyOf(metric.numbers("sentinels")));
        Duration lateness = lateness(metric);
        boolean optional = metric.bool("optional");
        Scaling scaling = metric.knows("values") ? ScalingReader.read(metric) : Scaling.NONE;
        return new Metric(name, unit, limits, actions(on), lateness, optional, scaling);
    }

    /** Returns the UCUM code of the unit, or the user's own text, which then equals only itself. */
    private String unit(Section metric) {
        String text = metric.name("unit");
        if (text == null) {
            return null;
        }
        String code = UnitCodes.of(text);
        if (UnitCodes.misleading(text) != null) {
            String[] parts = UnitCodes.misleading(text).split("; ", 2);
            metric.problem("unit", '"' + text + "\" " + parts[0], parts[1]);
        } else if (Names.fault(text) != null) {
            metric.problem(
                    "unit", "is not a unit", "use 1 to " + Names.MAX_CHARS + " characters, no control character");
        } else if (Units.isKnown(code)) {
            if (!code.equals(text)) {
                metric.note("unit", '"' + text + "\" is " + code);
            }
        } else if (UnitCodes.withOtherCapitals(text) != null) {
            String cure = "did you mean \"" + UnitCodes.withOtherCapitals(text) + "\"? If not, write {" + text + '}';
            metric.problem("unit", "is not a unit: \"" + text + '"', cure);
        } else {
            metric.note(
                    "unit",
                    '"' + text
                            + "\" is no UCUM code: nothing converts into it, and a reading must name just this unit or none");
        }
        return code;
    }

    private Duration lateness(Section metric) {
        Duration lateness = metric.duration("lateness");
        if (lateness != null && disorder != null && lateness.compareTo(disorder) < 0) {
            String least = Durations.format(disorder);
            String message = "must be >= weir.time.disorder (" + least + "), got " + Durations.format(lateness);
            metric.problem("lateness", message, "raise it to at least " + least);
        }
        return lateness;
    }

    private static Map<Flag, Action> actions(Section on) {
        Map<Flag, Action> actions = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            actions.put(flag, Action.valueOf(on.word(flag.key()).toUpperCase(Locale.ROOT)));
        }
        return actions;
    }
}

package dev.weir.flink;

import dev.weir.config.catalog.Metric;
import dev.weir.generation.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The units that the series of each metric hold their values in: those of the catalog, and those of metrics that were in an earlier one.
 * Pure; kept in state as texts {@code metric=unit}, with nothing after the sign for a metric without a unit.
 */
final class MetricUnits {
    private final Map<String, String> units;

    private MetricUnits(Map<String, String> units) {
        this.units = units;
    }

    /**
     * What is remembered, and the catalog's metrics added.
     *
     * @param remembered as {@link #encoded}, in any order and as often as may be; empty for a start without state
     * @throws RefusedException when a metric has another unit than it had: windows and limits would mix the two
     */
    static MetricUnits of(Iterable<String> remembered, Map<String, Metric> metrics) {
        Map<String, String> units = new TreeMap<>();
        for (String text : remembered) {
            int sign = text.lastIndexOf('='); // the last: a name may have one, no unit has
            units.put(text.substring(0, sign), text.substring(sign + 1));
        }
        metrics.values().forEach(metric -> {
            String now = metric.unit() == null ? "" : metric.unit();
            String before = units.put(metric.name(), now);
            if (before != null && !before.equals(now)) {
                throw changed(metric.name(), before, now);
            }
        });
        return new MetricUnits(units);
    }

    List<String> encoded() {
        List<String> texts = new ArrayList<>();
        units.forEach((metric, unit) -> texts.add(metric + "=" + unit));
        return texts;
    }

    private static RefusedException changed(String metric, String before, String now) {
        return new RefusedException("metrics." + metric + ".unit must stay " + shown(before)
                + " for a start from state, got " + shown(now) + ": the values that the state holds are in "
                + (before.isEmpty() ? "none" : before) + ". Set it back to " + shown(before)
                + ", give the metric in the new unit another name, or start without state");
    }

    private static String shown(String unit) {
        return unit.isEmpty() ? "absent" : unit;
    }
}

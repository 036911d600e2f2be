package dev.weir.generation;

import dev.weir.core.catalog.Metric;
import dev.weir.failure.RefusedException;
import java.util.Map;
import java.util.TreeMap;

/** Compares the units of the catalog with the units in which the state holds its values. Pure. */
final class MetricUnits {

    /**
     * Returns the remembered units and the catalog's, by metric; "" for a metric without a unit. A metric that the
     * catalog no longer has stays remembered.
     *
     * @param remembered units by metric; empty for a start without state
     * @throws RefusedException if a metric's unit has changed: its windows and limits would mix both units
     */
    static Map<String, String> joined(Map<String, String> remembered, Map<String, Metric> catalog) {
        Map<String, String> units = new TreeMap<>(remembered);
        catalog.values().forEach(metric -> {
            String now = metric.unit() == null ? "" : metric.unit();
            String before = units.put(metric.name(), now);
            if (before != null && !before.equals(now)) {
                throw changed(metric.name(), before, now);
            }
        });
        return units;
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

    private MetricUnits() {}
}

package dev.weir.config.catalog;

import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import java.util.Locale;
import java.util.Map;

/** Checks the inputs and the metrics of a catalog against each other. */
final class MetricUse {
    private final Map<String, Metric> metrics;
    private final UnknownMetric unknown;

    MetricUse(Map<String, Metric> metrics, UnknownMetric unknown) {
        this.metrics = metrics;
        this.unknown = unknown;
    }

    /** Adds a problem for each metric that the input names and that would never be accepted. */
    void check(Section input, Input read) {
        if (unknown == UnknownMetric.ACCEPT) {
            return;
        }
        Section readings = input.section("readings");
        read.readings().listed().keySet().forEach(metric -> check(readings, metric, metric));
        if (read.metric() instanceof FieldSource.Constant constant && !metrics.containsKey(constant.text())) {
            check(input.section("fields"), "metric", constant.text());
        }
        if (read.readings().wildcard() != null && unknown == UnknownMetric.REJECT) {
            String message =
                    "also finds what metrics does not list, which is rejected; unknown-metric: ignore leaves it out";
            readings.note(InputsReader.WILDCARD, message);
        }
    }

    private void check(Section section, String key, String metric) {
        if (!metrics.containsKey(metric)) {
            String cure = NearestKey.of(metric, metrics.keySet());
            section.problem(
                    key,
                    "is not in metrics, and unknown-metric is " + unknown.name().toLowerCase(Locale.ROOT),
                    cure == null ? "add it to metrics" : "did you mean " + cure + "?");
        }
    }

    /** Adds a problem for each text in a table of values that the input takes for "no value". */
    void checkTables(Section section, Input input, String path) {
        metrics.forEach((name, metric) -> {
            if (!metric.scaling().values().isEmpty()) {
                ScalingReader.checkNulls(section.section(name), metric, input, path);
            }
        });
    }
}

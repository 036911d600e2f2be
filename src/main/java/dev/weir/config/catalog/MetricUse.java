package dev.weir.config.catalog;

import dev.weir.config.parse.Durations;
import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    /**
     * Adds a problem for each lateness below the period of the input's files.
     *
     * @param lateness {@code weir.time.lateness}; null if it is not known
     */
    void checkLateness(Section input, Input read, Section section, Duration lateness) {
        Duration period = read.files() == null ? null : read.files().period();
        if (period == null) {
            return;
        }
        boolean pipelines = mayBeUnlisted(read);
        for (String name : listed(read)) {
            Duration own = metrics.get(name).lateness();
            if (own == null) {
                pipelines = true;
            } else if (own.compareTo(period) < 0) {
                String message = "must be >= " + input.pathOf("files.period") + " (" + Durations.format(period)
                        + "), got " + Durations.format(own);
                section.section(name).problem("lateness", message, "raise it to at least " + Durations.format(period));
            }
        }
        if (pipelines && lateness != null && lateness.compareTo(period) < 0) {
            String message = "must be <= weir.time.lateness (" + Durations.format(lateness) + "), got "
                    + Durations.format(period);
            String cure = "raise weir.time.lateness to at least " + Durations.format(period);
            input.section("files").problem("period", message, cure);
        }
    }

    /** Returns those metrics of the catalog that the input may have readings of. */
    private Set<String> listed(Input input) {
        Set<String> listed = new LinkedHashSet<>(metrics.keySet());
        Set<String> named = named(input);
        if (named != null) {
            listed.retainAll(named);
        }
        return listed;
    }

    /** Returns whether the input may have readings that are accepted although their metric is not listed. */
    private boolean mayBeUnlisted(Input input) {
        Set<String> named = named(input);
        return unknown == UnknownMetric.ACCEPT
                && (named == null || !metrics.keySet().containsAll(named));
    }

    /** Returns the metrics that the input names; null if the events name them. */
    private static Set<String> named(Input input) {
        if (input.metric() instanceof FieldSource.Constant constant) {
            return Set.of(constant.text());
        }
        boolean named = input.wide() && input.readings().wildcard() == null;
        return named ? input.readings().listed().keySet() : null;
    }
}

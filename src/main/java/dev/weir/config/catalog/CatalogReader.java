package dev.weir.config.catalog;

import dev.weir.config.parse.NearestKey;
import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import dev.weir.config.parse.YamlParser;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Names;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a {@link Catalog} of {@code catalog.yaml}, or finds all problems in it, each with its line. */
public final class CatalogReader {
    /**
     * Reads the catalog. The result may be used only if no problem was added.
     *
     * @param file as it appears in messages
     * @param disorder {@code weir.time.disorder}, the least lateness of a metric; null if it is not known
     */
    public Catalog read(String file, String text, Duration disorder, Problems problems) {
        YamlNode.Mapping root = YamlParser.parse(file, text, problems);
        if (root == null) {
            return null;
        }
        Section top = new Section(file, "", CatalogKeys.ROOT, root, problems);
        top.refuseUnknownKeys();
        String version = top.require("version", "write version: 1");
        if (version != null && !version.equals("1")) {
            top.problem(
                    "version",
                    "must be 1, got " + version,
                    "write version: 1, in the form that flink-conf/catalog.yaml shows");
        }
        if (!top.has("input")) {
            top.problem("input", "is missing", "say how an event is laid out: input: {format: json, fields: ...}");
        }
        Input input = top.has("input") ? new InputReader(top.section("input")).read() : null;
        boolean acceptUnknown = top.word("unknown-metric").equals("accept");
        Map<String, Metric> metrics = metrics(top, disorder);
        if (metrics.isEmpty() && !acceptUnknown) {
            top.problem(
                    "metrics",
                    "is empty, so every reading would be rejected",
                    "name metrics, or write unknown-metric: accept");
        }
        if (input != null && !acceptUnknown) {
            Section readings = top.section("input").section("readings");
            for (String metric : input.readings().listed().keySet()) {
                if (!metrics.containsKey(metric)) {
                    String cure = NearestKey.of(metric, metrics.keySet());
                    readings.problem(
                            metric,
                            "is not in metrics, and unknown-metric is reject",
                            cure == null ? "add it to metrics" : "did you mean " + cure + "?");
                }
            }
        }
        // Without an input there is a problem, so that nobody uses the catalog.
        List<Input> inputs = input == null ? List.of() : List.of(input);
        return new Catalog(inputs, metrics, acceptUnknown ? UnknownMetric.ACCEPT : UnknownMetric.REJECT, quota(top));
    }

    private static Map<String, Metric> metrics(Section top, Duration disorder) {
        MetricReader reader = new MetricReader(disorder);
        Section section = top.section("metrics");
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (Names.fault(name) != null) {
                section.problem(
                        name,
                        "is not a metric's name",
                        "use 1 to " + Names.MAX_CHARS + " characters, no control character");
            }
            metrics.put(name, reader.read(name, section.section(name)));
        }
        return Collections.unmodifiableMap(metrics);
    }

    private static Quota exact(Section section, Quota quota) {
        try {
            quota.parts();
        } catch (ArithmeticException e) {
            section.problem(
                    "rate", "and burst are too far apart to be counted exactly", "write for instance 50/s and 500");
        }
        return quota;
    }

    private static Quota quota(Section top) {
        if (!top.has("quota")) {
            return null;
        }
        Section quota = top.section("quota");
        quota.refuseUnknownKeys();
        quota.require("rate", "write for instance rate: 50/s");
        String burst = quota.require("burst", "write for instance burst: 500");
        Rate rate = quota.rate("rate");
        try {
            if (burst == null) {
                return null;
            }
            long tokens = new BigDecimal(burst).longValueExact();
            if (tokens >= 1) {
                return rate == null ? null : exact(quota, new Quota(rate, tokens));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Reported below.
        }
        quota.problem("burst", "must be a whole number >= 1, got " + burst, "write for instance 500");
        return null;
    }
}

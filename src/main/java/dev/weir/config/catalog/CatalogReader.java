package dev.weir.config.catalog;

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
import java.util.Locale;
import java.util.Map;

/** Makes a {@link Catalog} of {@code catalog.yaml}, or finds all problems in it, each with its line. */
public final class CatalogReader {
    /**
     * Reads the catalog. The result may be used only if no problem was added.
     *
     * @param file as it appears in messages
     */
    public Catalog read(String file, String text, Surroundings surroundings, Problems problems) {
        YamlNode.Mapping root = YamlParser.parse(file, text, problems);
        if (root == null) {
            return null;
        }
        boolean version2 = isVersion2(root);
        Shape.Keys keys = version2 ? CatalogKeys.VERSION_2 : CatalogKeys.VERSION_1;
        Section top = new Section(file, "", keys, root, problems);
        top.refuseUnknownKeys();
        String version = top.require("version", version2 ? "write version: 2" : "write version: 1");
        if (version != null && !version.equals("1") && !version.equals("2")) {
            top.problem(
                    "version",
                    "must be 1 or 2, got " + version,
                    "write version: 2, which has a list of inputs, or version: 1, in the form that flink-conf/catalog.yaml shows");
        }
        List<Input> inputs = version2 ? inputs(top, surroundings) : input(top);
        UnknownMetric unknown = UnknownMetric.valueOf(top.word("unknown-metric").toUpperCase(Locale.ROOT));
        Map<String, Metric> metrics = metrics(top, surroundings.disorder());
        if (metrics.isEmpty() && unknown != UnknownMetric.ACCEPT) {
            String what = unknown == UnknownMetric.REJECT ? "rejected" : "ignored";
            top.problem(
                    "metrics",
                    "is empty, so every reading would be " + what,
                    "name metrics, or write unknown-metric: accept");
        }
        MetricUse use = new MetricUse(metrics, unknown);
        if (version2) {
            Section list = top.list("inputs");
            for (int i = 0; i < inputs.size() && inputs.size() == list.keys().size(); i++) {
                Section input = list.section("[" + i + "]");
                use.check(input, inputs.get(i));
                use.checkTables(top.section("metrics"), inputs.get(i), input.path());
                use.checkLateness(input, inputs.get(i), top.section("metrics"), surroundings.lateness());
            }
        } else if (!inputs.isEmpty()) {
            use.check(top.section("input"), inputs.get(0));
        }
        // Without an input there is a problem, so that nobody uses the catalog.
        return new Catalog(inputs, metrics, unknown, quota(top));
    }

    /** Reads a catalog of which only the least lateness of a metric is known; null if that is not known either. */
    public Catalog read(String file, String text, Duration disorder, Problems problems) {
        return read(file, text, Surroundings.of(file, disorder), problems);
    }

    /** A file without a version is what its keys are. */
    private static boolean isVersion2(YamlNode.Mapping root) {
        YamlNode.Entry version = root.entries().get("version");
        if (version != null
                && version.value() instanceof YamlNode.Scalar scalar
                && List.of("1", "2").contains(scalar.text())) {
            return scalar.text().equals("2");
        }
        return root.entries().containsKey("inputs");
    }

    private static List<Input> input(Section top) {
        if (!top.has("input")) {
            top.problem("input", "is missing", "say how an event is laid out: input: {format: json, fields: ...}");
            return List.of();
        }
        return List.of(new InputReader(top.section("input")).read());
    }

    private static List<Input> inputs(Section top, Surroundings surroundings) {
        if (!top.has("inputs")) {
            String cure = "write inputs: and below it a list: - format: json, and the other keys below it";
            top.problem("inputs", "is missing", cure);
        }
        return new InputsReader(surroundings).read(top);
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
        Rate rate = Rates.read(quota, "rate");
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

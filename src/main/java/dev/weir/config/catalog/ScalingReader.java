package dev.weir.config.catalog;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Scaling;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and checks how what a device sends becomes a number, in version 2. */
final class ScalingReader {
    private ScalingReader() {}

    static Scaling read(Section metric) {
        Map<String, Double> values = new LinkedHashMap<>();
        Section table = metric.section("values");
        for (String text : table.keys()) {
            Double number = table.number(text);
            if (number != null) {
                values.put(text, number);
            }
        }
        if (metric.has("values") && table.keys().isEmpty()) {
            metric.problem("values", "is empty", "write for instance {\"ON\": 1, \"OFF\": 0}, or remove it");
        }
        BigDecimal scale = decimal(metric, "scale", BigDecimal.ONE);
        if (scale.doubleValue() == 0) {
            metric.problem("scale", "must not be 0: every value would be the offset", "write for instance 0.1");
        }
        BigDecimal offset = decimal(metric, "offset", BigDecimal.ZERO);
        return new Scaling(Collections.unmodifiableMap(values), scale, offset);
    }

    private static BigDecimal decimal(Section metric, String key, BigDecimal absent) {
        // The double bounds the exponent, so that no number expands to a million digits.
        Double number = metric.number(key);
        if (number == null) {
            return absent;
        }
        return number == 0 ? BigDecimal.ZERO : new BigDecimal(metric.text(key).trim());
    }

    /** Adds a problem for each text of the metric's table that one of its inputs takes for "no value". */
    static void checkNulls(Section metric, Metric read, Input input, String path) {
        boolean measured = !input.wide()
                || input.readings().wildcard() != null
                || input.readings().listed().containsKey(read.name());
        if (measured) {
            Section table = metric.section("values");
            read.scaling().values().keySet().stream()
                    .filter(input.nullValues()::contains)
                    .forEach(text -> table.problem(
                            text,
                            "is also one of the null-values of " + path + ", which come first",
                            "remove it here, or set null-values there"));
        }
    }
}

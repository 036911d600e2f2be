package dev.weir.cli;

import dev.weir.config.ConfigurationException;
import dev.weir.config.OptionValue;
import dev.weir.config.Resolved;
import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Scaling;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a configuration, or the problems with it, for a person. */
final class ConfigReport {
    private ConfigReport() {}

    static void print(Resolved resolved, PrintWriter out) {
        int keyWidth = resolved.options().stream()
                .mapToInt(o -> o.key().length())
                .max()
                .orElse(1);
        int valueWidth = Math.min(
                48,
                resolved.options().stream()
                        .mapToInt(o -> o.value().length())
                        .max()
                        .orElse(1));
        String format = "%-" + keyWidth + "s  %-" + Math.max(1, valueWidth) + "s  (%s)%n";
        for (OptionValue option : resolved.options()) {
            out.printf(
                    Locale.ROOT,
                    format,
                    option.key(),
                    option.value().isEmpty() ? "-" : option.value(),
                    option.origin());
        }
        printCatalog(resolved.config().catalog(), out);
        resolved.warnings().forEach(warning -> out.println("warning: " + warning));
        resolved.notes().forEach(note -> out.println("note: " + note));
        out.flush();
    }

    private static void printCatalog(Catalog catalog, PrintWriter out) {
        out.println();
        catalog.inputs().forEach(input -> InputReport.print(input, out));
        out.printf(
                "%d metrics, unknown metrics %s, quota %s%n",
                catalog.metrics().size(),
                switch (catalog.unknownMetric()) {
                    case ACCEPT -> "accepted";
                    case REJECT -> "rejected";
                    case IGNORE -> "ignored";
                },
                catalog.quota() == null
                        ? "none"
                        : catalog.quota().rate().amount().toPlainString() + " per "
                                + Durations.format(catalog.quota().rate().per()) + ", burst "
                                + catalog.quota().burst());
        for (Metric metric : catalog.metrics().values()) {
            String unit = metric.unit() == null ? "no unit" : metric.unit();
            out.printf(
                    Locale.ROOT,
                    "  %s: %s, %s to %s%s%n",
                    metric.name(),
                    unit,
                    metric.min(),
                    metric.max(),
                    scaling(metric.scaling()));
        }
    }

    /** Returns how what is sent becomes a number; "" if it is taken as it is. */
    private static String scaling(Scaling scaling) {
        StringBuilder shown = new StringBuilder();
        if (scaling.scales()) {
            boolean minus = scaling.offset().signum() < 0;
            shown.append(", sent x ").append(scaling.scale().toPlainString());
            shown.append(minus ? " - " : " + ").append(scaling.offset().abs().toPlainString());
        }
        scaling.values()
                .forEach((text, number) ->
                        shown.append(", ").append(text).append(" is ").append(number));
        return shown.toString();
    }

    static void printProblems(ConfigurationException refusal, PrintWriter err) {
        refusal.problems().forEach(err::println);
        err.println(
                refusal.problems().size() == 1
                        ? "1 problem"
                        : refusal.problems().size() + " problems");
        err.flush();
    }
}

package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The result: one line per contender, medians of its rounds, for the rate with the least and the greatest. */
final class BenchTable {
    private static final String BASE = "plain";
    private static final String HEAD = "%-13s %12s %25s %9s %9s %10s %6s %9s %14s %11s %10s%n";

    private final Map<String, List<Measured>> runs = new LinkedHashMap<>();

    void add(String contender, Measured measured) {
        runs.computeIfAbsent(contender, name -> new ArrayList<>()).add(measured);
    }

    double medianRate(String contender) {
        return median(contender, Measured::eventsPerSecond);
    }

    /** How many times as fast as the plain job; NaN without one. */
    double ratioToPlain(String contender) {
        return runs.containsKey(BASE) ? medianRate(contender) / medianRate(BASE) : Double.NaN;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                "contender",
                "events/s",
                "(least - greatest)",
                "x plain",
                "CPU s/M",
                "RSS MiB",
                "GC %",
                "B/event",
                "checkpoints",
                "avg/max ms",
                "max MiB"));
        runs.keySet().forEach(name -> table.append(line(name)));
        return table.toString();
    }

    private String line(String name) {
        double ratio = ratioToPlain(name);
        return String.format(
                Locale.ROOT,
                HEAD,
                name,
                String.format(Locale.ROOT, "%,.0f", medianRate(name)),
                String.format(
                        Locale.ROOT,
                        "%,.0f - %,.0f",
                        rates(name).stream().min(Double::compare).orElse(0.0),
                        rates(name).stream().max(Double::compare).orElse(0.0)),
                Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio),
                String.format(Locale.ROOT, "%.2f", median(name, Measured::cpuSecondsPerMillion)),
                String.format(Locale.ROOT, "%,.0f", median(name, m -> m.rssBytes() / 1048576.0)),
                String.format(Locale.ROOT, "%.1f", 100 * median(name, Measured::gcShare)),
                String.format(Locale.ROOT, "%,.0f", median(name, Measured::allocatedPerEvent)),
                String.format(Locale.ROOT, "%.0f", median(name, Measured::checkpoints)),
                String.format(
                        Locale.ROOT,
                        "%.0f/%.0f",
                        median(name, Measured::checkpointAverageMillis),
                        median(name, Measured::checkpointMaxMillis)),
                String.format(Locale.ROOT, "%.1f", median(name, m -> m.checkpointMaxBytes() / 1048576.0)));
    }

    private List<Double> rates(String name) {
        return runs.get(name).stream().map(Measured::eventsPerSecond).toList();
    }

    private double median(String name, ToDoubleFunction<Measured> number) {
        double[] sorted = runs.get(name).stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

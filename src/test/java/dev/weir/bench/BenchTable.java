package dev.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The result: one line per entrant, medians of its rounds, for the rate with the least and the greatest; below, ratios by round. */
final class BenchTable {
    private static final String HEAD = "%-18s %12s %25s %9s %9s %10s %6s %9s %14s %11s %10s%n";

    private final BenchOptions options;
    private final Map<Entrant, List<Measured>> runs = new LinkedHashMap<>();

    BenchTable(BenchOptions options) {
        this.options = options;
    }

    void add(Entrant entrant, Measured measured) {
        runs.computeIfAbsent(entrant, name -> new ArrayList<>()).add(measured);
    }

    double medianRate(Entrant entrant) {
        return median(entrant, Measured::eventsPerSecond);
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
        runs.keySet().forEach(entrant -> table.append(line(entrant)));
        runs.keySet().forEach(entrant -> table.append(ratio(entrant, plain(entrant)))
                .append(ratio(entrant, ofFirstFleet(entrant)))
                .append(ratio(entrant, weir(entrant))));
        return table.toString();
    }

    private static Entrant plain(Entrant entrant) {
        return new Entrant(Contenders.PLAIN, entrant.series());
    }

    /** Weir itself, for Weir on another form of the readings. */
    private static Entrant weir(Entrant entrant) {
        return new Entrant(
                Contenders.WEIR_FORMS.contains(entrant.contender()) ? Contenders.WEIR : entrant.contender(),
                entrant.series());
    }

    private Entrant ofFirstFleet(Entrant entrant) {
        return new Entrant(entrant.contender(), options.series());
    }

    /** Nothing where the base did not run, or is the entrant itself. */
    private String ratio(Entrant entrant, Entrant base) {
        if (entrant.equals(base) || !runs.containsKey(base)) {
            return "";
        }
        List<Double> of = rates(entrant);
        List<Double> to = rates(base);
        String byRound = IntStream.range(0, of.size())
                .mapToObj(round -> String.format(Locale.ROOT, "%.2f", of.get(round) / to.get(round)))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s: %.2f times %s (by round %s)%n",
                options.label(entrant),
                ratioOfMedians(entrant, base),
                options.label(base),
                byRound);
    }

    private double ratioOfMedians(Entrant entrant, Entrant base) {
        return medianRate(entrant) / medianRate(base);
    }

    private String line(Entrant entrant) {
        Entrant plain = plain(entrant);
        return String.format(
                Locale.ROOT,
                HEAD,
                options.label(entrant),
                String.format(Locale.ROOT, "%,.0f", medianRate(entrant)),
                String.format(
                        Locale.ROOT,
                        "%,.0f - %,.0f",
                        rates(entrant).stream().min(Double::compare).orElse(0.0),
                        rates(entrant).stream().max(Double::compare).orElse(0.0)),
                runs.containsKey(plain) ? String.format(Locale.ROOT, "%.2f", ratioOfMedians(entrant, plain)) : "",
                String.format(Locale.ROOT, "%.2f", median(entrant, Measured::cpuSecondsPerMillion)),
                String.format(Locale.ROOT, "%,.0f", median(entrant, m -> m.rssBytes() / 1048576.0)),
                String.format(Locale.ROOT, "%.1f", 100 * median(entrant, Measured::gcShare)),
                String.format(Locale.ROOT, "%,.0f", median(entrant, Measured::allocatedPerEvent)),
                String.format(Locale.ROOT, "%.0f", median(entrant, Measured::checkpoints)),
                String.format(
                        Locale.ROOT,
                        "%.0f/%.0f",
                        median(entrant, Measured::checkpointAverageMillis),
                        median(entrant, Measured::checkpointMaxMillis)),
                String.format(Locale.ROOT, "%.1f", median(entrant, m -> m.checkpointMaxBytes() / 1048576.0)));
    }

    private List<Double> rates(Entrant entrant) {
        return runs.get(entrant).stream().map(Measured::eventsPerSecond).toList();
    }

    private double median(Entrant entrant, ToDoubleFunction<Measured> number) {
        double[] sorted =
                runs.get(entrant).stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

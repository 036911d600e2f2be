package dev.weir.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line per step: milliseconds since the kill, the median of the rounds with the least and the greatest. */
final class RecoveryTable {
    private static final String LINE = "%-45s %10s %25s%n";

    private final String title;
    private final Map<String, Latencies> steps = new LinkedHashMap<>();

    RecoveryTable(String title) {
        this.title = title;
    }

    void add(Map<String, Long> millis) {
        millis.forEach((step, after) ->
                steps.computeIfAbsent(step, name -> new Latencies()).add(after));
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(LINE, title, "ms", "(least - greatest)"));
        steps.forEach((step, after) -> table.append(String.format(
                Locale.ROOT,
                LINE,
                step,
                String.format(Locale.ROOT, "%,d", after.percentile(50)),
                String.format(Locale.ROOT, "%,d - %,d", after.percentile(0), after.percentile(100)))));
        return table.toString();
    }
}

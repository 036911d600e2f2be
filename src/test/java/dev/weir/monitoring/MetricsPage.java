package dev.weir.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/metrics.md}: every row of its tables begins with a metric's name and its type. */
public final class MetricsPage {
    private static final Pattern ROW =
            Pattern.compile("\\| `(flink_[a-zA-Z0-9_]+)` \\| (counter|gauge|summary) \\|[^|]*\\|[^|]+\\|[^|]+\\|");

    /** By metric: counter, gauge or summary. */
    public static Map<String, String> types() throws IOException {
        Map<String, String> types = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                types.put(row.group(1), row.group(2));
            } else if (line.startsWith("| `flink_")) {
                throw new IllegalStateException("docs/metrics.md: not name, type, unit, meaning, what to do: " + line);
            }
        }
        return types;
    }

    private MetricsPage() {}
}

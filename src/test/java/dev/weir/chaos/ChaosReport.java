package dev.weir.chaos;

import dev.weir.testing.outputs.Differences;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a person sees of a run while it goes on, on standard output and in a file. */
final class ChaosReport implements AutoCloseable {
    private final long beganNanos = System.nanoTime();
    private final PrintStream file;
    private final List<Hit> hits = new ArrayList<>();

    ChaosReport(Path file) {
        try {
            this.file = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    /** A line with the time. */
    void say(String format, Object... arguments) {
        line(clock(sinceBegin()) + "  " + String.format(Locale.ROOT, format, arguments));
    }

    void hit(Hit hit) {
        hits.add(hit);
        line(String.format(
                Locale.ROOT,
                "%s  %s: %s; events flow again after %.1f s, checkpoints lost %d",
                clock(hit.at()),
                hit.name(),
                hit.proof(),
                hit.outage().toMillis() / 1e3,
                hit.lostCheckpoints()));
    }

    /** The table by kind and the last line. */
    void end(long events, Differences differences) {
        line(String.format(Locale.ROOT, "%n%-70s %5s %10s %9s", "kind", "hits", "median s", "worst s"));
        Map<String, List<Duration>> kinds = hits.stream()
                .collect(Collectors.groupingBy(
                        Hit::name, TreeMap::new, Collectors.mapping(Hit::outage, Collectors.toList())));
        kinds.forEach(this::kind);
        if (!hits.isEmpty()) {
            kind("all", hits.stream().map(Hit::outage).toList());
        }
        if (!differences.isNone()) {
            line(differences.text());
        }
        line(String.format(
                Locale.ROOT,
                "events %,d  faults %d  missing %d  doubled %d  differing %d",
                events,
                hits.size(),
                differences.missing(),
                differences.doubled(),
                differences.differing()));
    }

    private void kind(String name, List<Duration> outages) {
        List<Duration> sorted =
                outages.stream().sorted(Comparator.naturalOrder()).toList();
        line(String.format(
                Locale.ROOT,
                "%-70s %5d %10.1f %9.1f",
                name,
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis() / 1e3,
                sorted.get(sorted.size() - 1).toMillis() / 1e3));
    }

    List<Hit> hits() {
        return List.copyOf(hits);
    }

    private void line(String text) {
        System.out.println(text);
        file.println(text);
    }

    private static String clock(Duration at) {
        return String.format(Locale.ROOT, "%02d:%02d", at.toMinutes(), at.toSecondsPart());
    }

    @Override
    public void close() {
        file.close();
    }
}

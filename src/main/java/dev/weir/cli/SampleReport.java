package dev.weir.cli;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.decode.NotNowException;
import dev.weir.failure.RefusedException;
import dev.weir.registry.RegistryDecoders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints for a person what the job would do with a sample. */
final class SampleReport {
    /** The largest sample, which is kept in memory. */
    private static final long MAX_BYTES = 256L << 20;

    private SampleReport() {}

    /**
     * Judges the sample and prints the result. Returns whether any reading would be accepted.
     *
     * @param named topic as whose records the events are judged; null for the first one
     * @throws IOException if the file cannot be read, or the topic is not known; the message says what to do
     */
    static boolean print(Path file, String named, WeirConfig config, long nowMillis, PrintWriter out)
            throws IOException {
        SampleTopic topic = SampleTopic.choose(named, config);
        boolean rows = topic.input().files() != null;
        SampleRows announced = rows ? SampleRows.of(file, topic.input()) : null;
        SampleFile sample = rows ? new SampleFile(announced.rows(), false) : SampleFile.of(read(file), topic.input());
        SampleRun run = judged(sample, announced, topic, config, nowMillis);
        out.println();
        out.printf(
                Locale.ROOT,
                "sample: %s, %d events: %d decoded, %d rejected%s%n",
                file,
                run.events(),
                run.decoded(),
                run.events() - run.decoded(),
                run.empty() == 0 ? "" : ", " + run.empty() + " without any reading");
        out.printf(
                Locale.ROOT,
                "  %d readings: %d accepted (%d of them flagged), %d rejected%n",
                run.readings(),
                run.accepted(),
                run.flagged(),
                run.readings() - run.accepted());
        run.rejects().forEach((reason, rejects) -> {
            String metric = rejects.first().metric() == null
                    ? ""
                    : " (" + rejects.first().metric() + ")";
            String detail = rejects.first().detail().isEmpty()
                    ? ""
                    : ": " + rejects.first().detail();
            out.printf(
                    Locale.ROOT,
                    "  %s: %d, first in event %d%s%s%n",
                    reason,
                    rejects.count(),
                    rejects.firstEvent(),
                    metric,
                    detail);
        });
        findings(sample, run, topic.input()).forEach(finding -> out.println("  look at: " + finding));
        if (config.catalog().inputs().size() > 1) {
            out.println("  The events count as records of " + topic.name() + "; --topic names another topic.");
        }
        out.println("  A file has no record timestamps: every event counts as sent now, in the order of the file.");
        out.flush();
        return run.accepted() > 0;
    }

    private static SampleRun judged(
            SampleFile sample, SampleRows announced, SampleTopic topic, WeirConfig config, long nowMillis)
            throws IOException {
        try (RegistryDecoders decoders = new RegistryDecoders()) {
            SampleRun run = new SampleRun(config, topic, nowMillis, decoders);
            if (announced == null) {
                sample.events().forEach(run::judge);
            } else {
                announced.rows().forEach(row -> run.judge(row, announced));
            }
            return run;
        } catch (NotNowException | RefusedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<String> findings(SampleFile sample, SampleRun run, Input input) {
        List<String> findings = new ArrayList<>();
        if (sample.headerSkipped()) {
            findings.add(
                    "the first row is the header and was left out; in a topic each record is a row, and no record is a header");
        }
        if (run.events() == 0) {
            findings.add("the sample has no event");
        }
        Set<String> ofRecords = ofRecords(input);
        if (!ofRecords.isEmpty()) {
            findings.add("a file has no keys and no headers, so these are absent: " + String.join(", ", ofRecords));
        }
        for (String field : run.neverThere()) {
            if (run.events() > 0 && !ofRecords.contains(field)) {
                findings.add("no event has the field " + field + mappedTo(field, input));
            }
        }
        findings.addAll(run.times().findings());
        return findings;
    }

    /** Returns the sources that only a record has, and those that need one, as the catalog writes them. */
    private static Set<String> ofRecords(Input input) {
        return input.sources().stream()
                .filter(SampleReport::isOfRecord)
                .map(Object::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isOfRecord(FieldSource source) {
        if (source instanceof FieldSource.Join join) {
            return join.sources().stream().anyMatch(SampleReport::isOfRecord);
        }
        return source instanceof FieldSource.Match match
                ? isOfRecord(match.source())
                : source instanceof FieldSource.Key || source instanceof FieldSource.Header;
    }

    private static String mappedTo(String field, Input input) {
        List<String> metrics = input.readings().listed().entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(field))
                .map(Map.Entry::getKey)
                .toList();
        return metrics.isEmpty() ? "" : ", which is mapped to " + String.join(", ", metrics);
    }

    private static byte[] read(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("larger than 256 MiB; take the first thousand lines");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            String why = e.getMessage() == null || e.getMessage().equals(file.toString())
                    ? e.getClass().getSimpleName()
                    : e.getMessage();
            throw new IOException("--sample " + file + " cannot be read: " + why, e);
        }
    }
}

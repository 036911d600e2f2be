package dev.weir.chaos;

import dev.weir.testing.outputs.Differences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.flink.util.FileUtils;

/** A run in a directory of its own below {@code target/chaos/}, which stays if it fails; the report stays always. */
final class ChaosHarness {
    private static final Path ROOT = Path.of("target", "chaos").toAbsolutePath();

    private ChaosHarness() {}

    /** Every output is what the oracle says; else an AssertionError with the first differences, and the logs are summarised. */
    static void assertNothingChanges(ChaosOptions options) throws Exception {
        String name = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()) + "-seed-"
                + options.seed() + "-pid-" + ProcessHandle.current().pid();
        Path directory = Files.createDirectories(ROOT.resolve(name));
        try (ChaosReport report = new ChaosReport(ROOT.resolve(name + ".txt"))) {
            report.say(
                    "seed %d, %d s, %,d events/s, in %s",
                    options.seed(), options.duration().toSeconds(), options.eventsPerSecond(), directory);
            Differences differences;
            try (RunningCluster cluster = new RunningCluster(directory, options.seed())) {
                differences = new ChaosRun(options, cluster, report, directory.resolve("compared")).run();
            } catch (Exception | AssertionError e) {
                report.say("failed: %s", e);
                report.say("%s", LogSummary.of(directory.resolve("flink")));
                throw e;
            }
            if (!differences.isNone()) {
                report.say("%s", LogSummary.of(directory.resolve("flink")));
                throw new AssertionError(
                        "outputs and oracle differ; logs are in " + directory + "\n" + differences.text());
            }
        }
        if (!Boolean.getBoolean("weir.chaos.keep")) {
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}

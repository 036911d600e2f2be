package dev.weir.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FlinkProcesses.Command;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import dev.weir.testing.pipeline.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jar as a user runs it: with {@code flink run}, on a cluster of processes whose configuration is {@code flink-conf/}. */
class FlinkRunIT {
    private static final String JOB_JAR =
            Path.of(System.getProperty("weir.jar")).toString();
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(2);

    @TempDir
    static Path directory;

    private static final PostgresServer POSTGRES = PostgresServer.shared();
    private static final String DATABASE = POSTGRES.newDatabase();

    @Server
    static KafkaBroker broker;

    private static FlinkProcesses cluster;

    @BeforeAll
    static void start() {
        cluster = FlinkProcesses.start(
                directory,
                Map.of(
                        "execution.checkpointing.interval",
                        "500 ms",
                        "execution.checkpointing.min-pause",
                        "100 ms",
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString(),
                        "execution.checkpointing.savepoint-dir",
                        directory.resolve("savepoints").toUri().toString()));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aBoundedRunEndsWithEverythingCommitted() {
        SampleFeed feed = new SampleFeed(broker, "bounded", directory);
        feed.sendBadEvents();
        feed.sendReadings(0, 300);

        Command run = flinkRun(List.of(), feed, "-Dweir.kafka.stop=latest");

        assertThat(run.output()).contains("has been submitted with JobID").doesNotContain(SampleFeed.PASSWORD);
        assertThat(run.exitCode()).isZero();
        assertThat(readingsInWindows("bounded")).isEqualTo(600);
        LakeReader lake = new LakeReader(feed.lake());
        assertThat(lake.readings()).hasSize(600);
        assertThat(lake.unfinishedFiles()).isEmpty();
        assertThat(broker.readAll(feed.deadLetters()))
                .extracting(letter ->
                        new String(letter.headers().lastHeader("weir.reason").value(), UTF_8))
                .containsExactlyInAnyOrder("MALFORMED", "OUT_OF_RANGE", "UNKNOWN_METRIC");
        assertThat(cluster.logs()).doesNotContain(SampleFeed.PASSWORD);
    }

    @Test
    void aRunGoesOnFromTheSavepointThatStoppedIt() {
        SampleFeed feed = new SampleFeed(broker, "stopped", directory);
        feed.sendReadings(0, 90);
        Command started = flinkRun(List.of("-d"), feed);
        String job = found("JobID ([0-9a-f]{32})", started);
        await().atMost(SEEN_WITHIN).until(() -> accepted("stopped") == 180);

        Command stopped = cluster.flink("stop", job);
        String savepoint = found("Savepoint completed. Path: (\\S+)", stopped);
        feed.sendReadings(90, 180);
        Command resumed = flinkRun(List.of("-s", savepoint), feed, "-Dweir.kafka.stop=latest");

        assertThat(resumed.exitCode()).as(resumed.output()).isZero();
        assertThat(readingsInWindows("stopped")).isEqualTo(360);
        assertThat(accepted("stopped")).isEqualTo(360);
        assertThat(new LakeReader(feed.lake()).readings()).hasSize(360).allMatch(reading -> reading.generation() == 1);
    }

    @Test
    void aWrongConfigurationIsRefusedWithEveryProblem() {
        SampleFeed feed = new SampleFeed(broker, "wrong", directory);

        Command run = flinkRun(List.of(), feed, "-Dweir.time.latenes=1 min", "-Dweir.kafka.start=yesterday");

        assertThat(run.output())
                .contains("-Dweir.time.latenes: ", "weir.time.lateness")
                .contains("-Dweir.kafka.start: ")
                .doesNotContain(SampleFeed.PASSWORD);
        assertThat(run.exitCode()).isNotZero();
    }

    /** {@code flink run} of the jar on this feed, its tables in the schema of the same name as the topic. */
    private static Command flinkRun(List<String> flags, SampleFeed feed, String... arguments) {
        Map<String, String> options = feed.options(DATABASE, POSTGRES.user());
        options.put("weir.postgres.schema", options.get("weir.pipeline"));
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(flags);
        command.add(JOB_JAR);
        command.addAll(SampleFeed.arguments(options));
        command.addAll(List.of(arguments));
        return cluster.flink(command.toArray(String[]::new));
    }

    private static long readingsInWindows(String schema) {
        return number("SELECT sum(count)::bigint FROM " + schema + ".sensor_aggregates WHERE window_seconds = 60");
    }

    private static long accepted(String schema) {
        return number("SELECT coalesce(sum(value), 0)::bigint FROM " + schema
                + ".weir_books WHERE counter = 'readings.accepted'");
    }

    private static long number(String query) {
        return Long.parseLong(POSTGRES.rows(DATABASE, query).get(0));
    }

    private static String found(String pattern, Command command) {
        Matcher matcher = Pattern.compile(pattern).matcher(command.output());
        assertThat(matcher.find()).as(command.output()).isTrue();
        return matcher.group(1);
    }
}

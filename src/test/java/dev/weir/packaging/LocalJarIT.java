package dev.weir.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local jar as a user starts it: {@code java -jar}, and nothing else on the command line. */
class LocalJarIT {
    private static final Path FLINK_CONF = Path.of("flink-conf").toAbsolutePath();

    private static final PostgresServer POSTGRES = PostgresServer.shared();
    private static final String SUPERUSER = POSTGRES.user();
    private static final String DATABASE = POSTGRES.newDatabase();

    @Server
    static KafkaBroker broker;

    /** Where the process runs; a {@code flink-conf} is not there. */
    @TempDir
    Path directory;

    @Test
    void explainsItself() throws Exception {
        Run help = run("--help");

        assertThat(help.output()).contains("run", "check");
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void checkOfAnEmptyConfigurationFailsAndSaysWhy() throws Exception {
        Run check = run("check");

        assertThat(check.output()).contains("weir.kafka.bootstrap-servers");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    @Test
    void checkAcceptsTheConfigurationThatWeShip() throws Exception {
        Run check = run("check", "--conf-dir", FLINK_CONF.toString());

        assertThat(check.output()).contains("sensor-readings-dlq");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void aBoundedRunEndsWithEverythingCommitted() throws Exception {
        SampleFeed feed = new SampleFeed(broker, "local", directory);
        feed.sendBadEvents();
        feed.sendReadings(0, 300);

        // With one slot for each TaskManager the job would wait for the second for ever; the local jar makes what it
        // needs.
        String[] twoSubtasks = {
            "-Dparallelism.default=2", "-Dtaskmanager.numberOfTaskSlots=1", "--fail-on-rejects", "0.004"
        };
        Run run = run(feed, SUPERUSER, twoSubtasks);

        // Three of 603 were rejected.
        assertThat(run.exitCode()).as(run.output()).isEqualTo(3);
        assertThat(run.output())
                .containsPattern("events read +603")
                .containsPattern("MALFORMED +local/0/0: not JSON")
                .containsPattern("readings, Parquet +600 rows +file:")
                .containsPattern("Parquet files in the lake, those of earlier runs too: [1-9]")
                .contains("--fail-on-rejects: 0.004 is exceeded");
        assertThat(run.output())
                .contains("Web frontend listening at http://127.0.0.1:", "Finished")
                .doesNotContain(SampleFeed.PASSWORD, "ConsumerConfig", "MetricGroup", "Flyway");
        String count = "SELECT sum(count)::bigint FROM sensor_aggregates WHERE window_seconds = 60";
        assertThat(POSTGRES.rows(DATABASE, count)).containsExactly("600");
        assertThat(new LakeReader(feed.lake()).readings()).hasSize(600);
        assertThat(broker.readAll(feed.deadLetters())).hasSize(3);

        Run again = run(feed, SUPERUSER, "-Dparallelism.default=2");

        assertThat(again.output()).contains("job failed: weir.kafka.start");
        assertThat(again.output().lines().filter(line -> line.contains(" ERROR ")))
                .as("a refused start is logged once, and not once a subtask")
                .singleElement()
                .asString()
                .contains(
                        "RefusalLog - Pipeline local is refused, and is not restarted: weir.kafka.start: committed-or-earliest");
        assertThat(again.exitCode()).isEqualTo(2);
    }

    /** What cron does every night: the same command, which goes on where it ended. */
    @Test
    void aBoundedImportIsOneCommandThatGoesOnWhereItEnded() throws Exception {
        SampleFeed feed = new SampleFeed(broker, "nightly", directory);
        feed.sendReadings(0, 100);
        Run first = run(feed, SUPERUSER, stateIn(feed));
        assertThat(first.exitCode()).as(first.output()).isZero();
        assertThat(first.output())
                .contains("Starts without state: ", "Finished", "The next run goes on from file:", "/kept/savepoint-");
        feed.sendReadings(100, 250);
        Run second = run(feed, SUPERUSER, stateIn(feed));
        assertThat(second.exitCode()).as(second.output()).isZero();
        assertThat(second.output()).contains("Goes on from file:", "/kept/savepoint-", "Finished");
        Run nothingNew = run(feed, SUPERUSER, stateIn(feed));
        assertThat(nothingNew.exitCode()).as(nothingNew.output()).isZero();
        assertThat(new LakeReader(feed.lake()).readings()).hasSize(500);
        assertThat(counter("nightly", "readings.accepted")).containsExactly("500");
        assertThat(generations("nightly")).containsExactly("1");
    }

    @Test
    void aRunGoesOnAfterItWasKilledAndAfterItWasTerminatedAndStopped() throws Exception {
        SampleFeed feed = new SampleFeed(broker, "endless", directory);
        feed.sendReadings(0, 100);
        try (LocalJar first = endless(feed)) {
            awaitRead("endless", 200);
            first.kill();
        }
        feed.sendReadings(100, 200);
        try (LocalJar second = endless(feed)) {
            second.awaitOutput("runs");
            assertThat(second.output()).contains("Goes on from file:", "/chk-", "--fresh starts without it");
            awaitRead("endless", 400);
            Run beside = run(command("run", feed, SUPERUSER, endlessly(feed)).toArray(String[]::new));
            assertThat(beside.output()).contains("weir.pipeline: endless runs already on this machine (process ");
            assertThat(beside.exitCode()).isEqualTo(1);
            second.terminate();
            assertThat(second.exitCode()).as(second.output()).isZero();
            assertThat(second.output()).contains("SIGTERM: the job stops with a savepoint", "Stopped after ");
        }
        feed.sendReadings(200, 300);
        try (LocalJar third = endless(feed)) {
            awaitRead("endless", 600);
            assertThat(third.output()).contains("/kept/savepoint-");
            Run stop = run(command("stop", feed, SUPERUSER, endlessly(feed)).toArray(String[]::new));
            assertThat(stop.exitCode()).as(stop.output()).isZero();
            assertThat(stop.output()).contains("Stopped endless (process ", "its state is in file:");
            assertThat(third.exitCode()).as(third.output()).isZero();
        }
        Run stopAgain = run(command("stop", feed, SUPERUSER, endlessly(feed)).toArray(String[]::new));
        assertThat(stopAgain.exitCode()).isEqualTo(1);
        // A bounded run from an unbounded one's state, and an unbounded from a bounded one's.
        Run bounded = run(feed, SUPERUSER, stateIn(feed));
        assertThat(bounded.exitCode()).as(bounded.output()).isZero();
        feed.sendReadings(300, 350);
        try (LocalJar last = endless(feed)) {
            awaitRead("endless", 700);
            last.terminate();
            assertThat(last.exitCode()).as(last.output()).isZero();
        }
        assertThat(new LakeReader(feed.lake()).readings()).hasSize(700);
        assertThat(generations("endless")).containsExactly("1");
    }

    private LocalJar endless(SampleFeed feed) throws IOException {
        return LocalJar.start(directory, command("run", feed, SUPERUSER, endlessly(feed)));
    }

    private String[] endlessly(SampleFeed feed) {
        String[] state = stateIn(feed);
        return new String[] {state[0], state[1], state[2], "-Dweir.kafka.stop=never"};
    }

    private String[] stateIn(SampleFeed feed) {
        return new String[] {
            "-Dexecution.checkpointing.dir=file://" + directory.resolve("checkpoints"),
            "-Dexecution.checkpointing.savepoint-dir=file://" + directory.resolve("savepoints"),
            "-Dweir.postgres.schema=" + feed.lake().getFileName().toString().replace("-lake", "")
        };
    }

    private static void awaitRead(String pipeline, long events) {
        Awaitility.await().atMost(Duration.ofSeconds(180)).ignoreExceptions().until(() -> counter(
                        pipeline, "events.read")
                .equals(List.of(String.valueOf(events))));
    }

    /** The schema has the pipeline's name. */
    private static List<String> counter(String pipeline, String counter) {
        return POSTGRES.rows(
                DATABASE, "SELECT value FROM " + pipeline + ".weir_books WHERE counter = '" + counter + "'");
    }

    private static List<String> generations(String pipeline) {
        return POSTGRES.rows(DATABASE, "SELECT generation FROM " + pipeline + ".weir_generations ORDER BY 1");
    }

    private Run run(SampleFeed feed, String role, String... arguments) throws IOException, InterruptedException {
        return run(command("run", feed, role, arguments).toArray(String[]::new));
    }

    private static List<String> command(String name, SampleFeed feed, String role, String... arguments) {
        Map<String, String> options = feed.options(DATABASE, role);
        options.put("weir.catalog", FLINK_CONF.resolve("catalog.yaml").toString());
        options.put("weir.kafka.stop", "latest");
        options.put("execution.checkpointing.interval", "1 s");
        options.put("rest.bind-port", "0");
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(SampleFeed.arguments(options));
        // The last one counts.
        command.addAll(List.of(arguments));
        return command;
    }

    private record Run(int exitCode, String output) {}

    private Run run(String... arguments) throws IOException, InterruptedException {
        try (LocalJar jar = LocalJar.start(directory, List.of(arguments))) {
            int exitCode = jar.exitCode();
            return new Run(exitCode, jar.output());
        }
    }
}

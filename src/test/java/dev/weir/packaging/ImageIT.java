package dev.weir.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.FlinkProcess;
import dev.weir.testing.ImageProcesses;
import dev.weir.testing.ImageTree;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The image, without Docker: its files from the Dockerfile's lines, JobManager and TaskManager from its files. */
class ImageIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static ImageTree image;

    @BeforeAll
    static void build() {
        image = ImageTree.build(directory);
    }

    @Test
    void holdsTheJobThePluginsAndTheConfiguration() throws IOException {
        assertThat(image.resolve("/opt/flink/usrlib")).isDirectoryContaining("glob:**/weir.jar");
        assertThat(Files.mismatch(image.resolve("/opt/flink/usrlib/weir.jar"), Path.of(System.getProperty("weir.jar"))))
                .as("the job jar, not the local one")
                .isEqualTo(-1);
        assertThat(image.resolve("/opt/flink/plugins/s3-fs-hadoop"))
                .isDirectoryContaining("glob:**/flink-s3-fs-hadoop-*.jar");
        for (String file : new String[] {"config.yaml", "catalog.yaml", "log4j-console.properties"}) {
            assertThat(image.resolve("/opt/flink/conf/" + file)).hasSameTextualContentAs(Path.of("flink-conf", file));
        }
    }

    @Test
    void isBuiltOnOneReleaseAndRunsAsNobodyOfImportance() {
        assertThat(image.dockerfile().baseImages()).singleElement().asString().matches("flink:2\\.2\\.\\d+-java17");
        assertThat(image.dockerfile().user()).isEqualTo("9999:9999");
    }

    /** Application mode runs main again, in which a start would look at Kafka and PostgreSQL, and end the JobManager, life after life. */
    @Test
    void aJobManagerThatTakesOverWhileKafkaAndPostgresAreAwayStaysAndTheJobGoesOn() throws IOException {
        try (PostgresServer postgres = PostgresServer.start();
                KafkaBroker broker = KafkaBroker.start()) {
            String database = postgres.newDatabase();
            SampleFeed feed = new SampleFeed(broker, "failover", directory);
            feed.sendReadings(0, 300);
            Path home = Files.createDirectories(directory.resolve("failover"));
            Map<String, String> options = feed.options(database, postgres.user());
            options.put("execution.checkpointing.interval", "500 ms");
            options.put("execution.checkpointing.min-pause", "100 ms");
            options.put(
                    "execution.checkpointing.dir",
                    home.resolve("checkpoints").toUri().toString());
            options.put("metrics.reporters", "none");
            String count = "SELECT coalesce(sum(count), 0)::bigint FROM sensor_aggregates WHERE window_seconds = 60";

            try (ImageProcesses processes = ImageProcesses.startHighlyAvailable(image, home, options)) {
                FlinkProcess jobManager = processes.jobManager();
                await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> !postgres.rows(database, count)
                        .equals(List.of("0")));
                feed.sendReadings(300, 600);
                jobManager.kill();
                postgres.stopServer();
                broker.whileDown(() -> {
                    jobManager.start();
                    await().atMost(Duration.ofMinutes(1))
                            .failFast("the JobManager has ended", () -> !jobManager.isAlive())
                            .ignoreExceptions()
                            .until(() -> Files.readString(jobManager.log())
                                    .contains("has been restored by this JobManager"));
                });
                postgres.startServer();

                // The windows up to the last reading, less the lateness and what is still open, come soon enough.
                await().atMost(Duration.ofMinutes(2))
                        .failFast("the JobManager has ended", () -> !jobManager.isAlive())
                        .ignoreExceptions()
                        .until(() ->
                                Long.parseLong(postgres.rows(database, count).get(0)) > 600);
            }
        }
    }

    @Test
    void runsTheJobToTheEndOfItsInput() throws IOException {
        PostgresServer postgres = PostgresServer.shared();
        String database = postgres.newDatabase();
        try (KafkaBroker broker = KafkaBroker.start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SampleFeed feed = new SampleFeed(broker, "image", directory);
            feed.sendBadEvents();
            feed.sendReadings(0, 300);
            Map<String, String> options = feed.options(database, postgres.user());
            options.remove("weir.postgres.password");
            options.put(
                    "weir.postgres.password-file",
                    Files.writeString(directory.resolve("password"), SampleFeed.PASSWORD + "\n")
                            .toString());
            options.put("weir.kafka.stop", "latest");
            options.put("execution.checkpointing.interval", "500 ms");
            options.put("execution.checkpointing.min-pause", "100 ms");
            options.put(
                    "execution.checkpointing.dir",
                    directory.resolve("checkpoints").toUri().toString());
            // The reporter would listen on every address of this machine. So it may not listen at all, and complains.
            options.put("metrics.reporter.prometheus.port", Integer.toString(taken.getLocalPort()));

            try (ImageProcesses processes = ImageProcesses.start(image, directory, options, Map.of())) {
                processes.awaitEndOfJob();

                String logs = Files.readString(processes.jobManager().log());
                assertThat(logs).contains("FINISHED").doesNotContain(SampleFeed.PASSWORD);
                assertThat(processes.jobManager().exitCode()).as(logs).isZero();
                assertThat(logs + Files.readString(processes.taskManager().log()))
                        .as("the reporter, from its plugin")
                        .containsPattern("(?s)Could not start PrometheusReporter.*" + taken.getLocalPort());
            }
            String count = "SELECT sum(count)::bigint FROM sensor_aggregates WHERE window_seconds = 60";
            assertThat(postgres.rows(database, count)).containsExactly("600");
            assertThat(new LakeReader(feed.lake()).readings()).hasSize(600);
            assertThat(broker.readAll(feed.deadLetters())).hasSize(3);
        }
    }
}

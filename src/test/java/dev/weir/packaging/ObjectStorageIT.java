package dev.weir.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.postgres.Migrations;
import dev.weir.testing.ImageProcesses;
import dev.weir.testing.ImageTree;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.S3Server;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and lake on S3, with the image's plugin, through a {@code kill -9}. */
class ObjectStorageIT {
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(3);
    private static final String BUCKET = "weir";
    private static final String PIPELINE = "object-storage";
    private static final List<Fault> FAULTS = List.of(
            Fault.DISORDER,
            Fault.LATE,
            Fault.DUPLICATE,
            Fault.OTHER_VALUE,
            Fault.OUT_OF_RANGE,
            Fault.SPIKE,
            Fault.MALFORMED,
            Fault.MISSING_VALUE,
            Fault.UNKNOWN_METRIC,
            Fault.BACKLOG);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path directory;

    private static final PostgresServer POSTGRES = PostgresServer.shared();

    @Server
    static KafkaBroker broker;

    @Test
    void aKilledTaskManagerLosesAndRepeatsNothing() throws Exception {
        String database = POSTGRES.newDatabase();
        try (S3Server s3 = S3Server.start(directory, BUCKET)) {
            Map<String, String> options = weirOptions(broker, database);
            WeirConfig config =
                    new ConfigLoader().load(Path.of("flink-conf"), options).config();
            List<Event> sent = send(broker, config);
            Migrations.apply(config.postgres());
            options.putAll(flinkOptions(s3));
            ImageTree image = ImageTree.build(directory);
            try (Connection blocker = POSTGRES.connect(database);
                    ImageProcesses flink = ImageProcesses.start(image, directory, options, s3.environment())) {
                // What the first checkpoint wants to commit has to wait, and soon all behind it: until the lock goes
                // the job
                // stands in the middle of its input, with files open.
                blocker.setAutoCommit(false);
                run(blocker, "LOCK TABLE sensor_aggregates IN EXCLUSIVE MODE");
                await().atMost(SEEN_WITHIN).until(() -> committedFiles(s3) > 0);

                flink.taskManager().kill();
                flink.taskManager().start();
                await().atMost(SEEN_WITHIN).until(() -> restored(flink) > 0);
                blocker.rollback();
                flink.awaitEndOfJob();

                String log = Files.readString(flink.jobManager().log());
                assertThat(flink.jobManager().exitCode()).as(log).isZero();
                assertThat(log).doesNotContain(S3Server.SECRET);
            }
            assertRight(new Oracle(config).judge(sent), broker, config, s3);
        }
    }

    private static Map<String, String> weirOptions(KafkaBroker broker, String database) throws IOException {
        Path password = Files.writeString(directory.resolve("password"), POSTGRES.password());
        Map<String, String> options = new TreeMap<>();
        options.put("weir.pipeline", PIPELINE);
        options.put("weir.kafka.bootstrap-servers", broker.bootstrapServers());
        options.put("weir.kafka.topics", PIPELINE);
        options.put("weir.kafka.stop", "latest");
        options.put("weir.windows", "10 s; 1 min");
        options.put("weir.lake.path", "s3://" + BUCKET + "/lake");
        options.put("weir.postgres.url", database);
        options.put("weir.postgres.user", POSTGRES.user());
        options.put("weir.postgres.password-file", password.toString());
        options.put("weir.postgres.max-pending", "1 kb");
        return options;
    }

    private static Map<String, String> flinkOptions(S3Server s3) {
        Map<String, String> options = new TreeMap<>(s3.options());
        options.put("execution.checkpointing.interval", "500 ms");
        options.put("execution.checkpointing.min-pause", "100 ms");
        options.put("execution.checkpointing.dir", "s3://" + BUCKET + "/checkpoints");
        options.put("execution.checkpointing.savepoint-dir", "s3://" + BUCKET + "/savepoints");
        options.put("metrics.reporters", "none");
        return options;
    }

    private static List<Event> send(KafkaBroker broker, WeirConfig config) {
        List<Event> events = new Workload(config, 7, 8, 2, 600, 0.05, FAULTS).events();
        broker.createTopic(PIPELINE, 2, PipelineRig.TOPIC);
        broker.send(events.stream()
                .map(event -> new ProducerRecord<>(
                        PIPELINE,
                        event.origin().partition(),
                        event.origin().timestampMillis(),
                        event.key(),
                        event.value()))
                .toList());
        return PipelineRig.inTopic(events, PIPELINE);
    }

    private static void assertRight(Outcome expected, KafkaBroker broker, WeirConfig config, S3Server s3)
            throws SQLException {
        LakeReader lake = new LakeReader(s3.files(BUCKET, "lake"));
        try (Connection connection = POSTGRES.connect(config.postgres().url())) {
            Outcome actual = new Outcome(
                    lake.readings().stream().map(Rows::accepted).toList(),
                    PostgresOutputs.aggregates(connection),
                    DeadLetters.rejects(broker.readAll(config.deadLetters().topic())),
                    PostgresOutputs.books(connection, PIPELINE));
            Outcomes.assertEqual(expected, actual);
        }
        Outcomes.assertAggregates(
                expected.aggregates(),
                lake.latestAggregates().stream().map(Rows::row).toList());
    }

    private static long committedFiles(S3Server s3) throws IOException {
        Path readings = s3.files(BUCKET, "lake/readings");
        if (!Files.exists(readings)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(readings)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    /** How often the job went on from a checkpoint; 0 while nobody answers. */
    private static long restored(ImageProcesses flink) {
        try {
            ObjectMapper json = new ObjectMapper();
            JsonNode jobs = json.readTree(flink.rest("/jobs")).path("jobs");
            String id = jobs.path(0).path("id").asText();
            JsonNode checkpoints = json.readTree(flink.rest("/jobs/" + id + "/checkpoints"));
            return checkpoints.path("counts").path("restored").asLong();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package dev.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.postgres.Grants;
import dev.weir.postgres.Migrations;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.pipeline.SampleFeed;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} on real servers: all is well, and one thing is wrong at a time. */
@Timeout(60)
class DoctorIT {
    private static final PostgresServer POSTGRES = PostgresServer.shared();

    @Server
    static KafkaBroker broker;

    @TempDir
    Path directory;

    @Test
    void everythingIsRightAndStaysAsItWas() throws Exception {
        Map<String, String> options = options("doctor-right", POSTGRES.newDatabase());

        DoctorVisit first = visit(options);

        // How full this machine's disk is, is not ours.
        assertThat(first.lines().stream().filter(line -> !line.startsWith("ok ")))
                .as(first.output())
                .allMatch(line -> line.contains("lake space") || line.matches("\\d+ ok, .* 0 failed, 0 not checked"));
        assertThat(first.exitCode()).isZero();
        assertThat(first.output())
                .contains(
                        "doctor-right-dlq does not exist; the job will create it, partitions: 2, max.message.bytes: 1114124")
                .contains(
                        "lacks [V1__aggregates.sql, V2__books.sql, V3__ensure_year.sql, V4__files.sql]; the job will run them")
                .doesNotContain(SampleFeed.PASSWORD);
        assertThat(files()).isEmpty();
        assertThat(topics()).contains("doctor-right").doesNotContain("doctor-right-dlq");
        assertThat(POSTGRES.rows(
                        options.get("weir.postgres.url"), "SELECT 1 FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
        assertThat(committedOffsets("doctor-right")).isEmpty();
    }

    @Test
    void whatIsWrongWithKafkaIsAllToldAtOnce() {
        Map<String, String> options = withoutDatabase("doctor-small");
        broker.createTopic("doctor-small-dlq", 1, Map.of("max.message.bytes", "100000"));
        options.put("parallelism.default", "3");
        options.put("weir.kafka.properties.transaction.timeout.ms", "960000");

        DoctorVisit visit = visit(options);

        assertThat(visit.line("record size"))
                .startsWith("FAIL")
                .contains("is 100000", "kafka-configs.sh --alter", "--add-config max.message.bytes=1114124");
        assertThat(visit.line("partitions")).startsWith("warn").contains("doctor-small has 2", "lower it");
        assertThat(visit.line("transactions"))
                .startsWith("FAIL")
                .contains("weir.kafka.properties.transaction.timeout.ms is larger", "lower it");
        // A broker allows 15 minutes.
        assertThat(visit.line("transaction time"))
                .startsWith("FAIL")
                .contains("is 960000, but the brokers allow 900000", "set it to 900000");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void checkpointsMayNotOutlastATransaction() {
        Map<String, String> options = withoutDatabase("doctor-slow");
        options.put("execution.checkpointing.timeout", "15 min");

        DoctorVisit visit = visit(options);

        assertThat(visit.output())
                .startsWith("-Dexecution.checkpointing.timeout: weir.kafka.properties.transaction.timeout.ms must be")
                .contains("lower execution.checkpointing.timeout");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void aMissingTopicAndWhatCannotBeCheckedWithoutIt() {
        Map<String, String> options = options("doctor-topic", POSTGRES.newDatabase());
        options.put("weir.kafka.topics", "doctor-typo");

        DoctorVisit visit = visit(options);

        assertThat(visit.line("topics"))
                .startsWith("FAIL")
                .contains("weir.kafka.topics: doctor-typo does not exist", "create it or correct the name");
        assertThat(visit.line("dead letters")).isEqualTo("skip  dead letters      not checked: fix \"topics\" first");
        assertThat(visit.line("record size")).startsWith("skip").endsWith("fix \"dead letters\" first");
        assertThat(visit.line("postgres")).startsWith("ok");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void directoriesThatCannotBeWritten() throws IOException {
        Map<String, String> options = withoutDatabase("doctor-lake");
        Path file = Files.writeString(directory.resolve("file"), "");
        options.put("weir.lake.path", file.resolve("lake").toUri().toString());
        options.put(
                "execution.checkpointing.dir",
                file.resolve("checkpoints").toUri().toString());

        DoctorVisit visit = visit(options);

        assertThat(visit.line("lake")).startsWith("FAIL").contains("weir.lake.path: ", "name another path");
        assertThat(visit.line("lake space")).startsWith("skip");
        assertThat(visit.line("checkpoints")).startsWith("FAIL").contains("execution.checkpointing.dir: ");
        assertThat(visit.exitCode()).isEqualTo(1);
        assertThat(files()).containsExactly("file");
    }

    @Test
    void serversThatDoNotAnswer() {
        Map<String, String> options = options("doctor-away", "jdbc:postgresql://127.0.0.1:1/nowhere");
        options.put("weir.kafka.bootstrap-servers", "127.0.0.1:1");
        options.put("weir.kafka.properties.default.api.timeout.ms", "1500");
        options.put("weir.kafka.properties.request.timeout.ms", "1000");

        DoctorVisit visit = visit(options);

        assertThat(visit.line("kafka"))
                .startsWith("FAIL")
                .contains("weir.kafka.bootstrap-servers: no answer from 127.0.0.1:1", "check the address");
        assertThat(visit.line("topics")).startsWith("skip").endsWith("fix \"kafka\" first");
        assertThat(visit.line("postgres")).startsWith("FAIL").contains("weir.postgres.url: no connection as role");
        assertThat(visit.line("lake")).startsWith("ok");
        assertThat(visit.output()).doesNotContain(SampleFeed.PASSWORD);
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongConfigurationIsNotTriedOut() {
        Map<String, String> options = withoutDatabase("doctor-config");
        options.put("weir.windows", "0 s");

        DoctorVisit visit = visit(options);

        assertThat(visit.output()).contains("-Dweir.windows: ", "1 problem").doesNotContain("ok  ");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    @Test
    void aStateThatIsNotThere() {
        Map<String, String> options = withoutDatabase("doctor-state");
        String path = directory.resolve("savepoint-gone").toUri().toString();
        options.put("execution.state-recovery.path", path);

        DoctorVisit visit = visit(options);

        assertThat(visit.line("state"))
                .startsWith("FAIL")
                .contains("execution.state-recovery.path: " + path, "name another checkpoint or savepoint");
        assertThat(visit.exitCode()).isEqualTo(1);
    }

    /** docs/operating.md shows what this test's doctor says. */
    @Test
    void theManualShowsRealOutput() throws IOException {
        String database = POSTGRES.newDatabase();
        Migrations.apply(POSTGRES.options(database));
        Map<String, String> options = DoctorOptions.withWriter(options("doctor-sample", database));
        String role = options.get("weir.postgres.user");
        POSTGRES.execute(database, Grants.of("public", role), "REVOKE INSERT ON weir_books FROM " + role);
        broker.createTopic("doctor-sample-dlq", 1, Map.of("max.message.bytes", "100000"));
        options.put("weir.kafka.group", "weir");
        options.put("parallelism.default", "3");

        String output = visit(options)
                .output()
                .replace(broker.bootstrapServers(), "kafka-1:9092")
                .replace(directory.toUri().getPath(), "/data/")
                .replace("lakes/doctor-sample-lake", "lake")
                .replace("doctor-sample-dead", "weir-dead")
                .replace("doctor-sample", "sensor-readings")
                .replace(role, "weir_writer");

        assertThat(DoctorManual.lines(Files.readString(Path.of("docs/operating.md"))))
                .as(output)
                .containsExactlyElementsOf(DoctorManual.lines(output));
    }

    private Map<String, String> options(String name, String database) {
        return DoctorOptions.of(broker, name, database, directory);
    }

    private Map<String, String> withoutDatabase(String name) {
        return DoctorOptions.withoutDatabase(broker, name, directory);
    }

    private DoctorVisit visit(Map<String, String> options) {
        return DoctorVisit.of(options, directory);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("config.yaml"))
                    .toList();
        }
    }

    private static Set<String> topics() throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listTopics().names().get();
        }
    }

    private static Map<?, ?> committedOffsets(String group) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }
}

package dev.weir.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.testing.FlinkProcesses;
import dev.weir.testing.FlinkProcesses.Command;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade as docs/upgrading.md and the operator do it, on real processes and while events come in: the job jar is stopped with a
 * savepoint and started from it, at another parallelism, and everything is as the oracle says.
 */
class UpgradeProcessesIT {
    private static final String JAR =
            Path.of(System.getProperty("weir.jar")).toAbsolutePath().toString();
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(2);
    private static final String TOPIC = "upgraded";
    private static final int PARTITIONS = 3;
    private static final int ENOUGH = 200;

    private final PostgresServer postgres = PostgresServer.shared();
    private final String database = postgres.newDatabase();

    @TempDir
    Path directory;

    @Test
    void goesOnAtAnotherParallelism() throws Exception {
        try (KafkaBroker broker = broker();
                FlinkProcesses flink = FlinkProcesses.start(home("flink"), options(broker))) {
            upgraded(broker, flink, flink);
        }
    }

    /** With -Pnightly, which gets the jars of the other Flink. */
    @Test
    @EnabledIfSystemProperty(named = "weir.flink.next.lib", matches = ".+")
    void goesOnWithTheNextFlink() throws Exception {
        Path lib = Path.of(System.getProperty("weir.flink.next.lib"));
        try (KafkaBroker broker = broker();
                FlinkProcesses present = FlinkProcesses.start(home("flink"), options(broker));
                FlinkProcesses next = FlinkProcesses.startOther(home("flink-next"), options(broker), lib)) {
            assertThat(next.rest("/overview")).doesNotContain(version(present));
            upgraded(broker, present, next);
        }
    }

    private void upgraded(KafkaBroker broker, FlinkProcesses from, FlinkProcesses to) throws Exception {
        List<Event> events = PipelineRig.inTopic(workload(), TOPIC);
        try (SlowFeed feed = new SlowFeed(broker, TOPIC, events, 20)) {
            String versionA = found("JobID ([0-9a-f]{32})", from.flink("run", "-d", "-p", "2", JAR));
            await().atMost(SEEN_WITHIN).until(() -> read() >= ENOUGH);
            String savepoint =
                    found("Savepoint completed. Path: (\\S+)", from.flink("stop", "--type", "canonical", versionA));
            assertThat(feed.sent()).as("events still come").isLessThan(events.size());

            String versionB = found("JobID ([0-9a-f]{32})", to.flink("run", "-d", "-s", savepoint, "-p", "3", JAR));
            feed.hurry();
            await().atMost(SEEN_WITHIN).until(() -> read() == events.size());
            found("Savepoint completed", to.flink("stop", "--drain", versionB));
        }
        WeirConfig config = new ConfigLoader().load(to.conf(), Map.of()).config();
        PipelineRun.read(broker, postgres, config, events, null, null).assertOutputsRight();
        assertThat(postgres.rows(database, "SELECT generation FROM weir_generations"))
                .containsExactly("1");
    }

    private long read() {
        boolean begun = postgres.rows(database, "SELECT to_regclass('weir_books') IS NOT NULL")
                .equals(List.of("t"));
        return begun
                ? Long.parseLong(postgres.rows(
                                database,
                                "SELECT coalesce(sum(value), 0)::bigint FROM weir_books WHERE counter = 'events.read'")
                        .get(0))
                : 0;
    }

    private static List<Event> workload() {
        Workload all = Workload.of(TestConfigs.longJson(), 20_261_122);
        return new Workload(all.config(), all.seed(), 6, PARTITIONS, 350, all.faultRate(), all.faults()).events();
    }

    private static KafkaBroker broker() {
        KafkaBroker broker = KafkaBroker.start();
        broker.createTopic(TOPIC, PARTITIONS, PipelineRig.TOPIC);
        return broker;
    }

    private Path home(String name) throws Exception {
        return Files.createDirectories(directory.resolve(name));
    }

    private Map<String, String> options(KafkaBroker broker) throws URISyntaxException {
        Map<String, String> options = new TreeMap<>();
        options.put("taskmanager.numberOfTaskSlots", "3");
        options.put("execution.checkpointing.interval", "500 ms");
        options.put("execution.checkpointing.min-pause", "100 ms");
        options.put("execution.checkpointing.dir", below("checkpoints"));
        options.put("execution.checkpointing.savepoint-dir", below("savepoints"));
        options.put("weir.pipeline", TOPIC);
        options.put(
                "weir.catalog",
                Path.of(UpgradeProcessesIT.class
                                .getResource("/chaos/catalog.yaml")
                                .toURI())
                        .toString());
        options.put("weir.kafka.bootstrap-servers", broker.bootstrapServers());
        options.put("weir.kafka.topics", "[" + TOPIC + "]");
        options.put("weir.windows", "[10 s, 1 min, 1 h]");
        options.put("weir.lake.path", directory.resolve("lake").toString());
        options.put("weir.postgres.url", database);
        options.put("weir.postgres.user", postgres.user());
        options.put("weir.postgres.password", "unused");
        return options;
    }

    private String below(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private static String version(FlinkProcesses flink) throws Exception {
        return foundIn("\"flink-version\":\"[^\"]+\"", flink.rest("/overview"), 0);
    }

    private static String found(String pattern, Command command) {
        return foundIn(pattern, command.output(), pattern.contains("(") ? 1 : 0);
    }

    private static String foundIn(String pattern, String text, int group) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(group);
    }
}

package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local jar as a user starts it: {@code java -jar}, and nothing else on the command line. */
class LocalJarIT {
    private static final Path LOCAL_JAR = Path.of(System.getProperty("weir.local.jar"));
    private static final Path FLINK_CONF = Path.of("flink-conf").toAbsolutePath();

    private static final PostgresServer POSTGRES = PostgresServer.shared();
    private static final String SUPERUSER = POSTGRES.user();

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
        SampleFeed feed = new SampleFeed(Servers.BROKER, "local", directory);
        feed.sendBadEvents();
        feed.sendReadings(0, 300);

        // With one slot for each TaskManager the job would wait for the second for ever; the local jar makes what it
        // needs.
        Run run = run(feed, SUPERUSER, "-Dparallelism.default=2", "-Dtaskmanager.numberOfTaskSlots=1");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("Web frontend listening at http://127.0.0.1:", "Finished")
                .doesNotContain(SampleFeed.PASSWORD, "ConsumerConfig", "MetricGroup", "Flyway");
        String count = "SELECT sum(count)::bigint FROM sensor_aggregates WHERE window_seconds = 60";
        assertThat(POSTGRES.rows(Servers.DATABASE, count)).containsExactly("600");
        assertThat(new LakeReader(feed.lake()).readings()).hasSize(600);
        assertThat(Servers.BROKER.readAll(feed.deadLetters())).hasSize(3);

        Run again = run(feed, SUPERUSER, "-Dparallelism.default=2");

        assertThat(again.output()).contains("job failed: weir.kafka.start");
        assertThat(again.output().lines().filter(line -> line.contains(" ERROR ")))
                .as("a refused start is logged once, and not once a subtask")
                .singleElement()
                .asString()
                .contains("RefusalLog - Pipeline local is refused, and is not restarted: weir.kafka.start must be set");
        assertThat(again.exitCode()).isEqualTo(2);
    }

    @Test
    void aRunWithAWrongConfigurationIsRefused() throws Exception {
        SampleFeed feed = new SampleFeed(Servers.BROKER, "local-wrong", directory);

        Run run = run(feed, SUPERUSER, "-Dweir.time.latenes=1 min");

        assertThat(run.output()).contains("-Dweir.time.latenes: ", "weir.time.lateness", "1 problem");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aRunWithAWrongPasswordFailsAndSaysWhy() throws Exception {
        SampleFeed feed = new SampleFeed(Servers.BROKER, "local-password", directory);
        POSTGRES.execute(POSTGRES.url(), "CREATE ROLE stranger LOGIN PASSWORD 'another'");
        POSTGRES.requirePassword("stranger");

        Run run = run(feed, "stranger");

        assertThat(run.output())
                .contains("not started: weir.postgres.url: no connection as role stranger")
                .contains("password authentication failed for user \"stranger\"")
                .doesNotContain(SampleFeed.PASSWORD, "\tat ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aRunOfARoleWithoutRightsFailsAndSaysWhichAreMissing() throws Exception {
        SampleFeed feed = new SampleFeed(Servers.BROKER, "local-rights", directory);
        POSTGRES.execute(POSTGRES.url(), "CREATE ROLE guest LOGIN");

        Run run = run(feed, "guest");

        assertThat(run.output())
                .contains("not started: weir.postgres.migrate", "permission denied for schema public", "guest")
                .doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aRunWithoutABrokerFailsAndNamesTheAddress() throws Exception {
        SampleFeed feed = new SampleFeed(Servers.BROKER, "local-broker", directory);
        String timeout = "-Dweir.kafka.properties.default.api.timeout.ms=3000";
        String shorter = "-Dweir.kafka.properties.request.timeout.ms=2000";

        Run run = run(feed, SUPERUSER, "-Dweir.kafka.bootstrap-servers=127.0.0.1:1", timeout, shorter);

        assertThat(run.output()).contains("not started: weir.kafka.bootstrap-servers: no answer from 127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    /** Started by the first test that runs a job. */
    private static final class Servers {
        static final String DATABASE = POSTGRES.newDatabase();
        static final KafkaBroker BROKER = KafkaBroker.start();
    }

    private Run run(SampleFeed feed, String role, String... arguments) throws IOException, InterruptedException {
        Map<String, String> options = feed.options(Servers.DATABASE, role);
        options.put("weir.catalog", FLINK_CONF.resolve("catalog.yaml").toString());
        options.put("weir.kafka.stop", "latest");
        options.put("execution.checkpointing.interval", "1 s");
        options.put("rest.bind-port", "0");
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(SampleFeed.arguments(options));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private record Run(int exitCode, String output) {}

    private Run run(String... arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-jar", LOCAL_JAR.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}

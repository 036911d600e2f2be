package dev.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.ImageTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docker-compose.yml} as it is, on a real engine in a network of its own. The images carry the names in the file and are made of
 * Debian's packages and this build's jars, for there is no registry here; Grafana is left out, for there is nothing to make it of.
 */
@Tag("deploy")
class ComposeIT {
    private static final Path SCRIPTS = Path.of("src/test/deploy");
    private static final Path TOOLS = Path.of("target/deploy").toAbsolutePath();
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(4);
    private static final List<String> WITHOUT_GRAFANA =
            List.of("kafka", "generator", "postgres", "jobmanager", "taskmanager", "prometheus");

    @TempDir
    static Path directory;

    private static final Shell HERE = new Shell(Map.of());
    private static Shell engine;

    @BeforeAll
    static void start() throws IOException {
        prepare("tools.sh", TOOLS.toString());
        prepare("engine.sh", "start", TOOLS.toString());
        ImageTree.base(directory);
        Path kafka = ImageTree.kafka(directory);
        prepare(
                "images.sh",
                TOOLS.toString(),
                directory.resolve("base/opt/flink").toString(),
                kafka.toString(),
                "docker-compose.yml",
                "Dockerfile");
        engine = new Shell(Map.of(
                "DOCKER_HOST",
                "unix://" + TOOLS.resolve("docker.sock"),
                "DOCKER_CONFIG",
                TOOLS.resolve("client").toString(),
                "WEIR_POSTGRES_PASSWORD",
                "Kiln-9-is-hottest",
                "GRAFANA_POSTGRES_PASSWORD",
                "Only-to-look",
                "GRAFANA_ADMIN_PASSWORD",
                "nobody logs in"));
    }

    @AfterAll
    static void stop() {
        if (engine != null) {
            engine.run(compose("down", "--volumes", "--timeout", "5"));
        }
        if (Files.exists(TOOLS.resolve("env"))) {
            HERE.run(List.of(SCRIPTS.resolve("engine.sh").toString(), "stop", TOOLS.toString()));
        }
    }

    @Test
    void comesUpWorksAndRecovers() {
        try {
            comesUpAndWorks();
            recovers();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + lastWords(), e);
        }
    }

    private static void comesUpAndWorks() {
        assertThat(engine.output(compose("config", "--quiet"))).isEmpty();
        List<String> up = new ArrayList<>(List.of("up", "--detach", "--build", "--wait", "--pull", "never"));
        up.addAll(WITHOUT_GRAFANA);
        engine.output(compose(up.toArray(String[]::new)));

        await().atMost(SEEN_WITHIN).until(() -> rows() > 0);
        await().atMost(SEEN_WITHIN).until(() -> prometheus("sum(up{job=~\"flink-.*\"})") == 3);
        await().atMost(SEEN_WITHIN)
                .until(() -> prometheus("sum(flink_taskmanager_job_task_operator_weir_pipeline_eventsRead)"
                                + " or sum(flink_taskmanager_job_task_operator_weir_eventsRead)")
                        > 0);
    }

    private static void recovers() {
        killBothTaskManagers();
        await().atMost(SEEN_WITHIN).until(() -> prometheus("max(flink_jobmanager_job_numRestarts)") >= 1);
        long before = rows();
        await().atMost(SEEN_WITHIN).until(() -> rows() > before);
        await().atMost(SEEN_WITHIN).until(() -> prometheus("sum(up{job=~\"flink-.*\"})") == 3);
    }

    /** The containers, and the end of the log of each that does not run. */
    private static String lastWords() {
        StringBuilder text = new StringBuilder("\n\n")
                .append(engine.run(compose("ps", "--all")).output());
        engine.run(compose("ps", "--all", "--format", "{{.Name}}", "--status", "exited", "--status", "restarting"))
                .output()
                .lines()
                .forEach(container -> text.append("\n\nlog of ")
                        .append(container)
                        .append(":\n")
                        .append(engine.run(List.of("docker", "logs", "--tail", "100", container))
                                .output()));
        return text.toString();
    }

    /** {@code kill -9}; which of the two is at work is not known beforehand. */
    private static void killBothTaskManagers() {
        for (String container :
                engine.output(compose("ps", "--quiet", "taskmanager")).lines().toList()) {
            String pid = engine.output(List.of("docker", "inspect", "--format", "{{.State.Pid}}", container));
            HERE.output(List.of("kill", "-9", pid));
        }
    }

    private static long rows() {
        String sql = "SELECT count(*) FROM sensor_aggregates";
        Shell.Result result = engine.run(
                compose("exec", "--no-TTY", "postgres", "psql", "--username=weir", "--dbname=weir", "-tAc", sql));
        return result.exitCode() == 0 ? Long.parseLong(result.lastLine()) : 0;
    }

    /** The value of an expression with one result; -1 for none. */
    private static double prometheus(String expression) {
        Shell.Result result = engine.run(compose(
                "exec", "--no-TTY", "prometheus", "promtool", "query", "instant", "http://localhost:9090", expression));
        // {} => 3 @[1795000000.123]
        String[] words = result.lastLine().split(" ", -1);
        return result.exitCode() == 0 && words.length >= 4 ? Double.parseDouble(words[words.length - 2]) : -1;
    }

    private static List<String> compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A script has done its work; one that says that this machine cannot skips the tests, with its words. */
    private static void prepare(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Shell.Result result = HERE.run(command);
        assumeTrue(result.exitCode() != 3, result.lastLine());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}

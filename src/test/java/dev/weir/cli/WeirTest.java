package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WeirTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                directory.resolve("config.yaml"),
                """
                weir.kafka.bootstrap-servers: localhost:9092
                weir.kafka.topics: sensors
                weir.lake.path: file:///tmp/lake
                execution.checkpointing.interval: 10 s
                """);
        try (var in = getClass().getResourceAsStream("/config/design-catalog.yaml")) {
            Files.copy(in, directory.resolve("catalog.yaml"));
        }
    }

    @Test
    void checkPrintsEveryOptionAndTheCatalog() {
        assertThat(execute((config, flink, choices) -> 0, "check", "-Dweir.postgres.password=geheim"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("weir\\.windows +1 min; 1 h +\\(default\\)")
                .containsPattern("weir\\.kafka\\.topics +sensors +\\(.*config\\.yaml:2\\)")
                .containsPattern("weir\\.postgres\\.password +\\*{6} +\\(-Dweir\\.postgres\\.password\\)")
                .contains("2 metrics, unknown metrics rejected, quota 50 per 1 s, burst 500")
                .doesNotContain("geheim");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void everyCommandSaysItsVersion() {
        for (String[] command : new String[][] {{"--version"}, {"run", "--version"}, {"check", "-V"}}) {
            out.getBuffer().setLength(0);
            assertThat(line((config, flink, choices) -> 0).execute(command)).isZero();
            assertThat(out.toString()).startsWith("weir ");
        }
    }

    @Test
    void checkPrintsAllProblemsOnStderr() {
        assertThat(execute((config, flink, choices) -> 0, "check", "-Dweir.pipeline=a b", "-Dweir.windows=0 s"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("-Dweir.pipeline: ", "-Dweir.windows: ", "2 problems");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void runRefusesWhatCheckRefuses() {
        assertThat(execute(
                        (config, flink, choices) -> {
                            throw new AssertionError("must not run");
                        },
                        "run",
                        "-Dweir.pipeline=a b"))
                .isEqualTo(1);
    }

    @Test
    void runHandsOnTheConfigurationAndTheExitCode() {
        JobRunner runner = (config, flink, choices) -> {
            assertThat(config.pipeline()).isEqualTo("p");
            assertThat(flink.getString("rest.port", "")).isEqualTo("0");
            return 0;
        };
        assertThat(execute(runner, "run", "-Dweir.pipeline=p", "-Drest.port=0")).isZero();
        assertThat(execute((config, flink, choices) -> 2, "run")).isEqualTo(2);
        JobRunner failing = (config, flink, choices) -> {
            throw new IllegalStateException("broken");
        };
        assertThat(execute(failing, "run")).isEqualTo(2);
    }

    @Test
    void runTakesAShareOfRejectsAndFreshness() {
        JobRunner runner = (config, flink, choices) -> {
            assertThat(choices).isEqualTo(new RunChoices(true, 0.05));
            return ExitCode.REJECTS;
        };
        assertThat(execute(runner, "run", "--fresh", "--fail-on-rejects", "0.05"))
                .isEqualTo(3);
        assertThat(execute(runner, "run", "--fail-on-rejects", "5")).isEqualTo(1);
        assertThat(err.toString()).contains("--fail-on-rejects must be from 0 to 1, got 5.0");
    }

    @Test
    void aRunThatKafkaDoesNotLetStartIsNoFailedJob() {
        // Nobody listens there. What waits longest is bounded, so that the test is quick.
        JobRunner local = new LocalRun();
        String[] away = {
            "-Dweir.kafka.bootstrap-servers=127.0.0.1:1",
            "-Dweir.kafka.properties.default.api.timeout.ms=500",
            "-Dweir.kafka.properties.request.timeout.ms=500"
        };

        assertThat(execute(local, "run", away)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("not started: weir.kafka.bootstrap-servers: no answer from 127.0.0.1:1")
                .doesNotContain("job failed");
    }

    /** Each attempt would fail in every task, with a stack trace. */
    @Test
    void aPlaceWhoseFileSystemIsNotHereIsNamedBeforeTheStart() {
        JobRunner none = (config, flink, choices) -> {
            throw new AssertionError("must not run");
        };
        assertThat(execute(none, "run", "-Dweir.lake.path=s3://b/lake")).isEqualTo(1);
        assertThat(execute(none, "run", "-Dexecution.checkpointing.dir=s3://b/c"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        lake -> assertThat(lake)
                                .startsWith(
                                        "not started: weir.lake.path: this process knows no file system for s3://; put "
                                                + "flink-s3-fs-hadoop into a folder"),
                        checkpoints ->
                                assertThat(checkpoints).startsWith("not started: execution.checkpointing.dir: "));
    }

    @Test
    void aPlaceThatIsWrittenWronglyIsNoMissingFileSystem() {
        assertThat(execute((config, flink, choices) -> 0, "run", "-Dexecution.checkpointing.dir=file://tmp/c"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("not started: execution.checkpointing.dir: file://tmp/c cannot be opened (")
                .contains("authority 'tmp'")
                .doesNotContain("knows no file system");
    }

    /** Nothing has been submitted, so a supervisor must not take it for a job that failed. */
    @Test
    void aPlaceThatCannotBeWrittenOrListedIsNoFailedJob() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(execute(new LocalRun(), "run", "-Dexecution.checkpointing.dir=" + file.toUri()))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("not started: execution.checkpointing.dir: " + file + "/weir/run cannot be written (")
                .contains("; let the user that runs this write there, or name another place");
    }

    @Test
    void aUsageErrorIsAConfigurationError() {
        assertThat(execute((config, flink, choices) -> 0, "check", "--no-such-option"))
                .isEqualTo(1);
        assertThat(line((config, flink, choices) -> 0).execute()).isEqualTo(1);
        assertThat(execute((config, flink, choices) -> 0, "check", "-Dgeheim")).isEqualTo(1);
        assertThat(err.toString()).contains("must be <key>=<value>").doesNotContain("geheim");
    }

    @Test
    void anOverrideIsTakenAsItIsWrittenQuotesAndAll() {
        String jaas = "Module required username=\"weir\" password=\"x\"y=,z;";

        assertThat(Weir.overrides("-Dweir.kafka.properties.sasl.jaas.config=" + jaas, "-Da=b"))
                .containsEntry("weir.kafka.properties.sasl.jaas.config", jaas)
                .containsEntry("a", "b");
    }

    private int execute(JobRunner runner, String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--conf-dir";
        all[2] = directory.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return line(runner).execute(all);
    }

    private CommandLine line(JobRunner runner) {
        return Weir.commandLine(new ConfigLoader(), runner)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}

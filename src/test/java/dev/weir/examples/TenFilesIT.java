package dev.weir.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cli.Weir;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.outputs.PostgresOutputs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example {@code ten-files} as its README says, each command in a process of its own. */
class TenFilesIT {
    private static final Path EXAMPLE = Path.of("examples/ten-files");
    private static final long ROWS = 384_876;
    private static final int MEASURES = 7;
    /** Of the script that read such files one row after another. */
    private static final double SCRIPT_ROWS_PER_SECOND = 4276;

    @TempDir
    Path directory;

    private KafkaBroker kafka;

    @BeforeEach
    void start() {
        kafka = KafkaBroker.start();
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void everyRowCountsOnceAndItsCopyIsADuplicate() throws Exception {
        Path files = directory.resolve("ten-files");
        assertThat(java(List.of(EXAMPLE.resolve("TenFiles.java").toString(), files.toString())))
                .contains("20 files with 769752 rows");
        Path catalog = directory.resolve("catalog.yaml");
        Files.writeString(
                catalog, Files.readString(EXAMPLE.resolve("catalog.yaml")).replace("/tmp/ten-files", files.toString()));
        kafka.createTopic("file-events", 1, Map.of());
        String database = PostgresServer.shared().newDatabase();

        assertThat(weir("announce", database, catalog, "--path", "file://" + files, "--key", "(.*)/[^/]+"))
                .contains("announced 20 files of ");
        String output = weir("run", database, catalog, "-Dweir.kafka.stop=latest", "-Dparallelism.default=2");

        Map<String, Long> books = books(database);
        assertThat(books)
                .containsEntry("files.announced", 20L)
                .containsEntry("files.read", 20L)
                .containsEntry("events.read", 2 * ROWS)
                .containsEntry("events.decoded", 2 * ROWS)
                .containsEntry("readings.accepted", MEASURES * ROWS)
                .containsEntry("readings.rejected", MEASURES * ROWS)
                .containsEntry("rejected.DUPLICATE", MEASURES * ROWS);
        report(output);
    }

    /** Notes the speed beside the script's, which no test depends on. The time is that of the whole run, start and last commit included. */
    private static void report(String output) throws IOException {
        Matcher millis = Pattern.compile("Finished after (\\d+) ms").matcher(output);
        assertThat(millis.find()).as(output).isTrue();
        double rate = 2 * ROWS / (Long.parseLong(millis.group(1)) / 1000.0);
        String text = String.format(
                Locale.ROOT,
                "%,d rows in %,d ms: %,.0f rows/s, %.1f times %,.0f rows/s%n",
                2 * ROWS,
                Long.parseLong(millis.group(1)),
                rate,
                rate / SCRIPT_ROWS_PER_SECOND,
                SCRIPT_ROWS_PER_SECOND);
        Files.createDirectories(Path.of("target/ten-files"));
        Files.writeString(Path.of("target/ten-files/summary.txt"), text);
    }

    private String weir(String command, String database, Path catalog, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(arguments::add);
        arguments.addAll(
                List.of("-Xmx2g", "-cp", System.getProperty("java.class.path"), Weir.class.getName(), command));
        PostgresServer postgres = PostgresServer.shared();
        arguments.addAll(List.of(
                "-Dweir.pipeline=ten-files",
                "-Dweir.catalog=" + catalog,
                "-Dweir.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "-Dweir.kafka.topics=file-events",
                "-Dweir.lake.path=" + directory.resolve("lake").toUri(),
                "-Dweir.postgres.url=" + database,
                "-Dweir.postgres.user=" + postgres.user(),
                "-Dweir.postgres.password=" + postgres.password(),
                "-Dexecution.checkpointing.interval=5 s",
                "-Dexecution.checkpointing.dir="
                        + directory.resolve("checkpoints").toUri(),
                "-Dexecution.checkpointing.savepoint-dir="
                        + directory.resolve("savepoints").toUri(),
                "-Drest.port=0"));
        arguments.addAll(List.of(more));
        return java(arguments);
    }

    /** Returns what the process has printed, once it has ended with exit code 0. */
    private String java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(output);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }

    private static Map<String, Long> books(String database) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(database)) {
            return PostgresOutputs.books(connection, "ten-files");
        }
    }
}

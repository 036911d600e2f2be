package dev.weir.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A process of the local jar, as a user starts it. What it writes goes to a file. */
final class LocalJar implements AutoCloseable {
    static final Path JAR = Path.of(System.getProperty("weir.local.jar"));

    /** A process that lives for seconds would spend most of its CPU time in the second compiler. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable");

    /** Where the first run that ends leaves the classes that it has loaded, for those that follow. */
    private static final Path CLASSES = temporary("classes.jsa");

    private final Process process;
    private final Path output;

    private LocalJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param directory where it runs */
    static LocalJar start(Path directory, List<String> arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m"));
        command.addAll(SHORT_LIVED);
        if (Files.exists(CLASSES)) {
            command.add("-XX:SharedArchiveFile=" + CLASSES);
        } else if (arguments.get(0).equals("run")) {
            command.add("-XX:ArchiveClassesAtExit=" + CLASSES);
        }
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new LocalJar(process, output);
    }

    private static Path temporary(String file) {
        try {
            Path directory = Files.createTempDirectory("weir-local-jar");
            directory.toFile().deleteOnExit();
            // After the directory, because the last one is deleted first.
            Path path = directory.resolve(file);
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL, and it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as(output()).isTrue();
        return process.exitValue();
    }

    void awaitOutput(String text) {
        Awaitility.await().atMost(Duration.ofSeconds(180)).until(() -> output().contains(text) || !process.isAlive());
        assertThat(output()).contains(text);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

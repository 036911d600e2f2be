package dev.weir.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private final Process process;
    private final Path output;

    private LocalJar(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param directory where it runs */
    static LocalJar start(Path directory, List<String> arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx512m", "-jar", JAR.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new LocalJar(process, output);
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

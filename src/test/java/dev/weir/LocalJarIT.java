package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local jar as a user starts it: {@code java -jar}, and nothing else on the command line. */
class LocalJarIT {
    private static final Path LOCAL_JAR = Path.of(System.getProperty("weir.local.jar"));
    private static final Path FLINK_CONF = Path.of("flink-conf").toAbsolutePath();

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

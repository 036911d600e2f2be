package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.ImageTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of a page in bash, one block after the other. A function that one block defines is there in the
 * next. {@code docker} is a stand-in that runs Kafka's own tools in processes of this machine; containers are neither
 * started nor removed.
 */
final class PageShell {
    /** Short commands: what the JVM compiles with all effort never pays off. */
    private static final String JVM = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String DOCKER =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            case "$1 $2 $3" in
              "run -d --name" | "rm -f weir-kafka") exit 0 ;;
              "exec -i weir-kafka") ;;
              *) echo "no stand-in for docker $*" >&2; exit 1 ;;
            esac
            case "$4" in
              /opt/kafka/bin/kafka-topics.sh) tool=TopicCommand ;;
              /opt/kafka/bin/kafka-console-producer.sh) tool=ConsoleProducer ;;
              /opt/kafka/bin/kafka-console-consumer.sh) tool=consumer.ConsoleConsumer ;;
              *) echo "no such tool: $4" >&2; exit 1 ;;
            esac
            exec java -cp "%s/*" "org.apache.kafka.tools.$tool" "${@:5}"
            """;

    private final Path bin;
    private final Path functions;
    private final Path work;

    /** @param work where the commands run */
    PageShell(Path directory, Path work) throws IOException {
        this.bin = Files.createDirectory(directory.resolve("bin"));
        this.functions = Files.createFile(directory.resolve("functions.sh"));
        this.work = work;
        Path docker = Files.writeString(bin.resolve("docker"), String.format(DOCKER, ImageTree.kafka(directory)));
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwx------"));
    }

    /** Returns what the commands write. Fails where one of them does. */
    String run(String commands) throws IOException, InterruptedException {
        Path output = Files.createTempFile(bin.getParent(), "output", ".txt");
        String script = ". '" + functions + "'\n" + commands + "declare -f > '" + functions + "'\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        String path = bin + ":" + Path.of(System.getProperty("java.home"), "bin");
        builder.environment().merge("PATH", path, (others, first) -> first + ":" + others);
        builder.environment().put("JAVA_TOOL_OPTIONS", JVM);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            String written = Files.readString(output);
            assertThat(ended).as("%s%nends; it wrote%n%s", commands, written).isTrue();
            assertThat(process.exitValue())
                    .as("the exit code of%n%s%nwhich wrote%n%s", commands, written)
                    .isZero();
            return written;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

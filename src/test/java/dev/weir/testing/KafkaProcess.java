package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The node of a {@link KafkaBroker} in a process of its own, on the same ports and directory each time it comes up. It ends with the JVM
 * that started it. What it has acknowledged survives a kill: that is in the system's page cache.
 */
public final class KafkaProcess implements KafkaBroker.Node {
    private static final Duration UP_WITHIN = Duration.ofMinutes(2);

    private final Path directory;
    private final int port;
    private final int controllerPort;
    private final List<String> jvm;
    private Process process;

    KafkaProcess(Path directory, int port, int controllerPort, List<String> jvm) {
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
        this.jvm = jvm;
    }

    /** In the child: arguments are the directory and both ports. */
    public static void main(String[] args) throws IOException {
        KafkaRaftServer server =
                KafkaBroker.server(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "weir-kafka-shutdown"));
        server.startup();
        // Nothing is ever written to it: its end is the parent's.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(1);
    }

    /** It answers clients. */
    @Override
    public synchronized void start() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                directory.toString(),
                Integer.toString(port),
                Integer.toString(controllerPort)));
        try {
            // Kafka takes every directory in its own for a partition, but files it leaves alone.
            File output = directory.resolve("process.out").toFile();
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitUp();
    }

    /** An orderly end; the directory stays. */
    @Override
    public synchronized void stop() {
        process.destroy();
        awaitGone();
    }

    /** {@code kill -9}, and it is gone. */
    public synchronized void kill() {
        process.destroyForcibly();
        awaitGone();
    }

    public synchronized long pid() {
        return process.pid();
    }

    private void awaitUp() {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                "127.0.0.1:" + port,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200);
        try (Admin admin = Admin.create(config)) {
            await().atMost(UP_WITHIN)
                    .failFast("the broker has ended, see " + directory.resolve("process.out"), () -> !process.isAlive())
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> !admin.describeCluster().nodes().get().isEmpty());
        }
    }

    private void awaitGone() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package dev.weir.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Assumptions;

/** A real PgBouncer before a {@link PostgresServer}, with its own defaults but for addresses and what a test sets. */
public final class PgBouncer implements AutoCloseable {
    private final Process process;
    private final Path directory;
    private final int server;
    private final int port;

    private PgBouncer(Process process, Path directory, int server, int port) {
        this.process = process;
        this.directory = directory;
        this.server = server;
        this.port = port;
    }

    /** The present test is left out, with a message, where there is no PgBouncer. */
    public static void assumeInstalled() {
        Assumptions.assumeTrue(
                binary().isPresent(),
                "LEFT OUT: there is no pgbouncer here; Debian and Ubuntu: apt-get install pgbouncer");
    }

    public static PgBouncer start(PostgresServer server, Map<String, String> settings) {
        try {
            int port = StablePorts.free(1)[0];
            // Readable for the user that PgBouncer becomes.
            Path directory = Files.createTempDirectory(
                    "weir-pgbouncer",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Path users = Files.writeString(
                    directory.resolve("users.txt"), "\"" + server.user() + "\" \"" + server.password() + "\"\n");
            List<String> lines = new ArrayList<>(List.of(
                    "[databases]",
                    "* = host=127.0.0.1 port=" + server.port(),
                    "[pgbouncer]",
                    "listen_addr = 127.0.0.1",
                    "listen_port = " + port,
                    "unix_socket_dir =",
                    "auth_type = trust",
                    "auth_file = " + users));
            settings.forEach((name, value) -> lines.add(name + " = " + value));
            Path file = Files.write(directory.resolve("pgbouncer.ini"), lines);
            List<String> command =
                    new ArrayList<>(List.of(binary().orElseThrow().toString()));
            if (System.getProperty("user.name").equals("root")) {
                // It refuses to be root.
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(file.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            PgBouncer bouncer = new PgBouncer(process, directory, server.port(), port);
            bouncer.awaitUp();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of the server, through the pool. */
    public String through(String url) {
        return url.replace(":" + server + "/", ":" + port + "/");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitUp() {
        await().pollInterval(Duration.ofMillis(20))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("pgbouncer ended: " + log());
                    }
                })
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                        return socket.isConnected();
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Optional<Path> binary() {
        // Debian's is where only root's path leads.
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

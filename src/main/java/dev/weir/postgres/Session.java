package dev.weir.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up a session: its schema, its isolation level and its time limits. {@link Connections} applies it to every
 * connection that Weir opens, so that nothing depends on a default of the server, the database or the role.
 *
 * <p>The idea: a peer can disappear without closing its connection, for example when a machine loses power or a
 * firewall drops its table. Neither side may wait for such a peer for ever, and the server must not keep its locks. So
 * each side ends the connection by itself.
 *
 * <p>The invariant is {@code lock < statement < read}. The server gives up before the client does, so a failed try
 * leaves no waiting backend behind. In {@link #JOB} {@code idleInTransaction} is at most {@code lock}, so whoever waits
 * for the lock of a dead session gets it at the second try at the latest. {@link #MIGRATION} cannot have that, because
 * one of its sessions is idle in a transaction while another runs the scripts.
 *
 * <p>The settings are sent in a statement after the login and not in the startup message, because PgBouncer refuses
 * most startup parameters.
 *
 * @param lock how long a statement waits for a lock ({@code lock_timeout})
 * @param statement how long a statement takes, including its waiting ({@code statement_timeout})
 * @param idleInTransaction how long the server waits for the next statement of an open transaction ({@code
 *     idle_in_transaction_session_timeout})
 * @param transaction how long a transaction takes ({@code transaction_timeout}, PostgreSQL 17 and later)
 * @param read how long the client waits for an answer, and for the network to accept what it sends
 */
record Session(Duration lock, Duration statement, Duration idleInTransaction, Duration transaction, Duration read)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /**
     * The limits of everything but migrations. A statement writes at most 10,000 rows, which takes a slow server some
     * seconds.
     */
    static final Session JOB = new Session(
            Duration.ofSeconds(20),
            Duration.ofSeconds(50),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60));

    /**
     * The limits of migrations, where a statement may build an index. Flyway keeps a transaction open beside the one in
     * which it runs the scripts. The wait for a lock is no longer than elsewhere, because everybody else queues behind
     * a session that waits for an exclusive lock.
     */
    static final Session MIGRATION = new Session(
            Duration.ofSeconds(20),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(11));

    /** The first keepalive to a silent peer is sent after 15 s, and the connection ends 15 s later. */
    static final int KEEPALIVE_IDLE_SECONDS = 15;

    static final int KEEPALIVE_INTERVAL_SECONDS = 5;
    static final int KEEPALIVE_COUNT = 3;
    /** How long sent data may stay unacknowledged by the peer's machine. It is as long as keepalives take. */
    private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(30);
    /** How often a busy or waiting backend checks whether its client has gone. */
    private static final Duration CLIENT_CHECK = Duration.ofSeconds(5);

    private static final int HAS_TRANSACTION_TIMEOUT = 17;
    private static final String INVALID_PARAMETER_VALUE = "22023";
    /**
     * The answer of a server before PostgreSQL 14. A check that refuses such a server by its version needs a connection
     * to it first.
     */
    private static final String UNDEFINED_OBJECT = "42704";

    Session {
        if (lock.compareTo(statement) >= 0 || statement.compareTo(read) >= 0) {
            throw new IllegalArgumentException("lock < statement < read, got " + lock + ", " + statement + ", " + read);
        }
    }

    /**
     * Applies the schema and the limits to a new connection, which is in auto-commit mode.
     *
     * @return the process number of the backend that has them
     */
    int applyTo(Connection connection, String schema) throws SQLException {
        Map<String, String> settings = settings(schema, connection.getMetaData().getDatabaseMajorVersion());
        // Qualified, because a search path that is not set yet may lead to other functions.
        String sql =
                "SELECT pg_catalog.pg_backend_pid()" + ", pg_catalog.set_config(?, ?, false)".repeat(settings.size());
        int backend;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameter = 0;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                statement.setString(++parameter, setting.getKey());
                statement.setString(++parameter, setting.getValue());
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                backend = row.getInt(1);
            }
        }
        checkClient(connection);
        // An answer may take as long as its statement from now on. The login had a limit of its own.
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(read.toMillis()));
        return backend;
    }

    private Map<String, String> settings(String schema, int serverVersion) {
        Map<String, String> settings = new LinkedHashMap<>();
        // The temporary schema would come first if it were not named.
        settings.put("search_path", Connections.quoted(schema) + ", pg_temp");
        // A snapshot older than a lock would not see what was committed during the wait for the lock: a newer run, a
        // new year.
        settings.put("default_transaction_isolation", "read committed");
        settings.put("lock_timeout", millis(lock));
        settings.put("statement_timeout", millis(statement));
        settings.put("idle_in_transaction_session_timeout", millis(idleInTransaction));
        if (serverVersion >= HAS_TRANSACTION_TIMEOUT) {
            settings.put("transaction_timeout", millis(transaction));
        }
        settings.put("tcp_keepalives_idle", Integer.toString(KEEPALIVE_IDLE_SECONDS));
        settings.put("tcp_keepalives_interval", Integer.toString(KEEPALIVE_INTERVAL_SECONDS));
        settings.put("tcp_keepalives_count", Integer.toString(KEEPALIVE_COUNT));
        settings.put("tcp_user_timeout", millis(UNACKNOWLEDGED));
        return settings;
    }

    /**
     * Makes a waiting or computing backend end when its client has closed the connection, if the server and its system
     * can do that.
     */
    private static void checkClient(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET client_connection_check_interval = " + CLIENT_CHECK.toMillis());
        } catch (SQLException e) {
            if (!INVALID_PARAMETER_VALUE.equals(e.getSQLState()) && !UNDEFINED_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
            // Otherwise the time limits end such a backend, but later.
            LOG.debug("the server cannot check whether its clients are connected", e);
        }
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}

package dev.weir.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions of the same pipeline that hold locks for a client that says nothing any more.
 *
 * <p>The time limits of {@link Session} end most of them. But a backend that reads the rows of a COPY heeds no timeout until the next rows
 * come; and where the client's process stands still, or something between the two accepts packets for a vanished client, keepalives are
 * answered, too. Such a backend would keep its locks for ever. It can be terminated, also by the role that it runs as.
 *
 * <p>To end one by mistake is harmless: its client writes again what was not committed.
 */
final class SilentSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SilentSessions.class);

    /**
     * Do not move the termination into the WHERE clause: the planner may evaluate it before the conditions, and end every session there is.
     * All names are qualified, because the search path leads to a schema in which others may create.
     */
    private static final String END =
            "SELECT pid, pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                    + " WHERE datname = pg_catalog.current_database()"
                    + " AND usename = session_user AND application_name = pg_catalog.current_setting('application_name')"
                    + " AND pid <> pg_catalog.pg_backend_pid() AND wait_event = 'ClientRead' AND xact_start IS NOT NULL"
                    + " AND state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => ?)";

    private SilentSessions() {}

    /** If a lock was waited for in vain. Leaves the transaction of the connection. An error of its own is added to the given one. */
    static void endAfter(SQLException failure, Connection connection, Duration silence) {
        if (!SqlStates.LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
            return;
        }
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            List<Integer> ended = end(connection, silence);
            if (!ended.isEmpty()) {
                LOG.warn(
                        "weir.postgres: sessions {} of {} were ended: for more than {} s they had held locks while nothing came from their client",
                        ended,
                        connection.getClientInfo("ApplicationName"),
                        silence.toSeconds());
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static List<Integer> end(Connection connection, Duration silence) throws SQLException {
        List<Integer> ended = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            statement.setDouble(1, silence.toMillis() / 1000.0);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(2)) {
                        ended.add(rows.getInt(1));
                    }
                }
            }
        }
        return ended;
    }
}

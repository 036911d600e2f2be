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
 * Ends sessions of the same pipeline that hold locks while their client is silent.
 *
 * <p>The time limits of {@link Session} end most such sessions. They do not end a backend that reads the rows of a
 * COPY, because it checks no timeout before the next rows arrive. Keepalives do not help if the client's process is
 * stopped, or if something between the two accepts packets for a vanished client, because both answer them. Such a
 * backend would keep its locks for ever. It can be terminated, and the role that it runs as may do that.
 *
 * <p>The invariant: a session is ended only if it runs as the same role, with the same application name and in the same
 * database, is in a transaction, waits for its client, and has not changed its state for the given time. To end one by
 * mistake is harmless: its client writes again everything that was not committed. The cost is one query, only after a
 * lock was waited for in vain.
 */
final class SilentSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SilentSessions.class);

    /**
     * Do not move the termination into the WHERE clause: the planner may evaluate it before the conditions, and end
     * every session. All names are qualified, because others may create objects in the schema on the search path.
     */
    private static final String END =
            "SELECT pid, pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                    + " WHERE datname = pg_catalog.current_database()"
                    + " AND usename = session_user AND application_name = pg_catalog.current_setting('application_name')"
                    + " AND pid <> pg_catalog.pg_backend_pid() AND wait_event = 'ClientRead' AND xact_start IS NOT NULL"
                    + " AND state_change < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => ?)";

    private SilentSessions() {}

    /**
     * Ends silent sessions if the failure is a lock that was waited for in vain. Ends the connection's transaction
     * then. An error of its own is added to the failure.
     *
     * @param silence how long a session must have been silent
     */
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
                        "weir.postgres: sessions {} of {} were ended: they had held locks while their client was silent for more than {} s",
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

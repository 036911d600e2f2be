package dev.weir.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Detects a pooler that gives the statements or transactions of one connection to different backends. The settings of a
 * session (its schema, its time limits), its temporary table and its locks would then be another session's.
 *
 * <p>The idea: a connection with an open transaction keeps its backend in every pool. So a first connection is asked
 * for its backend twice, and between the two questions a second connection opens a transaction. A pooler of
 * transactions gives the second connection the backend that the first has just left, and gives the first another one.
 * If each connection has a backend of its own, the three numbers show it. The question is repeated {@value #ROUNDS}
 * times, because other clients of the same pool may interfere.
 */
final class Pooling {
    private static final int ROUNDS = 3;
    /** Part of PgBouncer's message when it refuses BEGIN. */
    private static final String STATEMENT_POOLING = "statement pooling";
    /**
     * SQLSTATEs of a prepared statement that exists already, or does not exist. On a backend of its own a driver never
     * gets either.
     */
    private static final Set<String> OF_PREPARED_STATEMENTS = Set.of("42P05", "26000");

    private Pooling() {}

    /**
     * Checks that each connection has a backend of its own.
     *
     * @throws IllegalStateException if not; the message holds the cure
     * @throws SQLException if there is no connection
     */
    static void requireSessions(Connections connections) throws SQLException {
        try (Connection one = connections.open();
                Connection other = second(connections)) {
            other.setAutoCommit(false);
            for (int round = 0; round < ROUNDS; round++) {
                int before = backend(one);
                int held = backend(other);
                // If both have the same backend, the first might now wait for the only backend of its pool.
                int after = before == held ? held : backend(one);
                if (before == held || before != after) {
                    throw transactions(before, after);
                }
                other.rollback();
            }
        } catch (SQLException e) {
            IllegalStateException pooler = refusalIn(e);
            if (pooler != null) {
                throw pooler;
            }
            throw e;
        }
    }

    /**
     * Opens the second connection. If the first one worked and the second one does not come, the pool has no room for
     * more.
     */
    private static Connection second(Connections connections) throws SQLException {
        try {
            return connections.open();
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
                throw e;
            }
            throw new SQLException(
                    "weir.postgres.url: of two connections the second got no backend (" + e.getMessage()
                            + "); a pooler needs room for all connections that Weir opens (docs/postgres.md); raise its default_pool_size",
                    e.getSQLState(),
                    e);
        }
    }

    /**
     * Checks that the connection still has the backend that it was set up on. To be called first in every transaction.
     *
     * @throws IllegalStateException if not; the message holds the cure
     */
    static void requireSame(int backend, Connection connection) throws SQLException {
        int now = backend(connection);
        if (now != backend) {
            throw transactions(backend, now);
        }
    }

    static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static IllegalStateException transactions(int before, int now) {
        return refused("gives transactions of one connection to different backends (transaction pooling: " + before
                + (before == now ? " for two connections at once" : ", then " + now) + ")");
    }

    /** Returns the refusal for an error that only such a pooler causes, or null for any other error. */
    static IllegalStateException refusalIn(SQLException e) {
        if (String.valueOf(e.getMessage()).contains(STATEMENT_POOLING)) {
            return refused("allows no transactions (statement pooling)");
        }
        return OF_PREPARED_STATEMENTS.contains(String.valueOf(e.getSQLState()))
                ? refused("mixes the prepared statements of its clients (transaction pooling, or session pooling whose"
                        + " server_reset_query is not DISCARD ALL: " + e.getMessage() + ")")
                : null;
    }

    private static IllegalStateException refused(String what) {
        return new IllegalStateException("weir.postgres.url: a pooler between Weir and the server " + what
                + ", and Weir needs a session per connection. Set pool_mode = session for this database in PgBouncer"
                + " (docs/postgres.md), or name the server itself");
    }
}

package dev.weir.sink.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Makes the partitions that rows need, each before the first row of its year. */
final class Years {
    /** With its schema: others may be able to put an unnest of integer[] into Weir's, which would fit better than the server's own. */
    private static final String SQL = "SELECT weir_ensure_year(y) FROM pg_catalog.unnest(?::integer[]) AS y ORDER BY y";

    /** The SQLSTATE of weir_ensure_year for a year whose table is there and is not attached. */
    private static final String DETACHED = "42P07";

    private Years() {}

    /**
     * The partitions exist and are committed, but for those of the years that it returns: their tables were detached, so rows of theirs have no
     * place. The connection must be in auto-commit mode: readers wait for whoever holds a new year.
     */
    static Set<Integer> ensure(Connection connection, Collection<Integer> years) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("weir_ensure_year wants a transaction of its own");
        }
        try {
            make(connection, years);
            return Set.of();
        } catch (SQLException e) {
            if (!DETACHED.equals(e.getSQLState())) {
                throw e;
            }
            return years.size() == 1 ? Set.copyOf(years) : oneByOne(connection, years);
        }
    }

    /** Whether the server found no partition for a row. A year that was seen a moment ago has been detached since, or its bounds are wrong. */
    static boolean lacksPartition(SQLException e) {
        return PSQLState.CHECK_VIOLATION.getState().equals(e.getSQLState())
                && e instanceof PSQLException server
                && server.getServerErrorMessage() != null
                // A check constraint has a name, the bounds of partitions have none.
                && server.getServerErrorMessage().getConstraint() == null;
    }

    private static Set<Integer> oneByOne(Connection connection, Collection<Integer> years) throws SQLException {
        Set<Integer> detached = new TreeSet<>();
        for (int year : years) {
            detached.addAll(ensure(connection, List.of(year)));
        }
        return detached;
    }

    private static void make(Connection connection, Collection<Integer> years) throws SQLException {
        Array array = connection.createArrayOf("integer", years.toArray());
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setArray(1, array);
            statement.execute();
        } finally {
            array.free();
        }
    }
}

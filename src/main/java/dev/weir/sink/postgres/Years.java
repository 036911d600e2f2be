package dev.weir.sink.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Makes the partitions that rows need, each before the first row of its year. */
final class Years {
    /** With its schema: others may be able to put an unnest of integer[] into Weir's, which would fit better than the server's own. */
    private static final String SQL = "SELECT weir_ensure_year(y) FROM pg_catalog.unnest(?::integer[]) AS y ORDER BY y";

    private Years() {}

    /** The partitions exist and are committed. The connection must be in auto-commit mode: readers wait for whoever holds a new year. */
    static void ensure(Connection connection, Collection<Integer> years) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new IllegalStateException("weir_ensure_year wants a transaction of its own");
        }
        Array array = connection.createArrayOf("integer", years.toArray());
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setArray(1, array);
            statement.execute();
        } finally {
            array.free();
        }
    }
}

package dev.weir.postgres;

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

/** Creates the yearly partitions that rows need, each before the first row of its year. */
public final class Years {
    /**
     * With its schema: others may be able to put an unnest of integer[] into Weir's schema, which would match better
     * than the server's own.
     */
    private static final String SQL = "SELECT weir_ensure_year(y) FROM pg_catalog.unnest(?::integer[]) AS y ORDER BY y";

    /**
     * The SQLSTATE of weir_ensure_year for a year whose table was detached. {@link SqlStates#NAME_TAKEN} is another
     * one: some other object has the year's name, and no row may be discarded because of it.
     */
    private static final String DETACHED = "42P07";

    /**
     * Finds the objects for which weir_ensure_year would raise {@link SqlStates#NAME_TAKEN}. Schemas and types are
     * written out, so that nobody's operator matches better.
     */
    private static final String IN_THE_WAY = "SELECT COALESCE(pg_catalog.string_agg("
            + "pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, c.oid, 0), ', '), '')"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_class p ON p.relnamespace = c.relnamespace"
            + " AND p.oid = pg_catalog.to_regclass('sensor_aggregates')::pg_catalog.oid"
            + " WHERE c.relname::pg_catalog.text OPERATOR(pg_catalog.~) '^sensor_aggregates_(bc_)?[0-9]{4,}$'"
            + " AND NOT (c.relkind IN ('r', 'p', 'f') AND c.relowner = p.relowner)"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid AND i.inhparent = p.oid)";

    private Years() {}

    /**
     * Creates and commits the partitions of the years. The connection must be in auto-commit mode, because readers wait
     * for a transaction that creates a year.
     *
     * @return the years whose tables were detached, so that their rows have no place
     */
    public static Set<Integer> ensure(Connection connection, Collection<Integer> years) throws SQLException {
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

    /**
     * Returns the objects that have the name of a year and are neither its partition nor a detached one; empty if there
     * is none.
     */
    static String inTheWay(Connection connection) throws SQLException {
        return Rights.row(connection, IN_THE_WAY);
    }

    /**
     * Returns whether the server found no partition for a row. Either a year that existed a moment ago has been
     * detached since, or its bounds are wrong.
     */
    public static boolean lacksPartition(SQLException e) {
        return PSQLState.CHECK_VIOLATION.getState().equals(e.getSQLState())
                && e instanceof PSQLException server
                && server.getServerErrorMessage() != null
                // A check constraint has a name; the bounds of partitions have none.
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

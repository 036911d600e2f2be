package dev.weir.testing.outputs;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.testing.ResultRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What PostgreSQL holds. */
public final class PostgresOutputs {
    // A time as numeric, not double: exact to the microsecond.
    private static final String ROWS = "SELECT "
            + ResultRow.select(AggregateColumns.ALL, "(extract(epoch FROM %s) * 1000000)::bigint")
            + " FROM sensor_aggregates";

    private PostgresOutputs() {}

    /** Every row of {@code sensor_aggregates}, with the generation that made it. */
    public static List<Aggregate> everyColumn(Connection postgres) throws SQLException {
        return select(postgres, ROWS);
    }

    /** Every row of {@code sensor_aggregates}, as the oracle has it. */
    public static List<Aggregate> aggregates(Connection postgres) throws SQLException {
        return select(postgres, ROWS).stream().map(Rows::row).toList();
    }

    /** The rows of {@code sensor_aggregates} that meet an SQL condition, as the oracle has them. */
    public static List<Aggregate> aggregates(Connection postgres, String condition) throws SQLException {
        return select(postgres, ROWS + " WHERE " + condition).stream()
                .map(Rows::row)
                .toList();
    }

    /** The books of one pipeline, summed over its generations. */
    public static Map<String, Long> books(Connection postgres, String pipeline) throws SQLException {
        String sql = "SELECT counter, sum(value)::bigint FROM weir_books WHERE pipeline = ? GROUP BY counter";
        Map<String, Long> books = new HashMap<>();
        try (PreparedStatement statement = postgres.prepareStatement(sql)) {
            statement.setString(1, pipeline);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    books.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return books;
    }

    private static List<Aggregate> select(Connection connection, String sql) throws SQLException {
        List<Aggregate> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(aggregate(row));
            }
        }
        return rows;
    }

    private static Aggregate aggregate(ResultSet row) throws SQLException {
        Aggregate aggregate = AggregateColumns.read(new ResultRow(row, AggregateColumns.ALL));
        if (row.getLong("revision") != aggregate.revision()) {
            throw new AssertionError("revision is not the count: " + row.getLong("revision") + ", " + aggregate);
        }
        return aggregate;
    }
}

package dev.weir.testing.outputs;

import dev.weir.core.model.SeriesKey;
import dev.weir.testing.oracle.AggregateRow;
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
    // The start as numeric, not double: exact to the microsecond.
    private static final String ROWS = "SELECT sensor_id, metric, window_seconds,"
            + " (extract(epoch FROM window_start) * 1000000)::bigint AS start_micros, site, unit, count, sum, min, max,"
            + " mean, stddev, first_value, last_value, flagged_count, revision, partial FROM sensor_aggregates";

    private PostgresOutputs() {}

    /** Every row of {@code sensor_aggregates}. */
    public static List<AggregateRow> aggregates(Connection postgres) throws SQLException {
        return select(postgres, ROWS);
    }

    /** The rows of {@code sensor_aggregates} that meet an SQL condition. */
    public static List<AggregateRow> aggregates(Connection postgres, String condition) throws SQLException {
        return select(postgres, ROWS + " WHERE " + condition);
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

    private static List<AggregateRow> select(Connection connection, String sql) throws SQLException {
        List<AggregateRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(aggregate(row));
            }
        }
        return rows;
    }

    private static AggregateRow aggregate(ResultSet row) throws SQLException {
        long count = row.getLong("count");
        if (row.getLong("revision") != count) {
            throw new AssertionError("revision is not the count: " + row.getLong("revision") + ", " + count);
        }
        double stddev = row.getDouble("stddev");
        boolean noDeviation = row.wasNull();
        return new AggregateRow(
                new SeriesKey(row.getString("sensor_id"), row.getString("metric")),
                row.getInt("window_seconds"),
                row.getLong("start_micros"),
                row.getString("site"),
                row.getString("unit"),
                count,
                row.getDouble("sum"),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("mean"),
                noDeviation ? null : stddev,
                row.getDouble("first_value"),
                row.getDouble("last_value"),
                row.getLong("flagged_count"),
                row.getBoolean("partial"));
    }
}

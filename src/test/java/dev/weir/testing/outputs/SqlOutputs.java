package dev.weir.testing.outputs;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.AggregateRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What PostgreSQL and the lake (through DuckDB) hold, by the queries that DESIGN section 5 gives to users. */
public final class SqlOutputs {
    private static final String ROW = "sensor_id, metric, window_seconds, %s, site, unit, count, sum, min, max, mean,"
            + " stddev, first_value, last_value, flagged_count, revision, partial";
    private static final String LATEST = " QUALIFY row_number() OVER (PARTITION BY sensor_id, metric, window_seconds,"
            + " window_start ORDER BY partial, CASE WHEN partial THEN 0 ELSE generation END DESC, revision DESC,"
            + " generation DESC) = 1";

    private SqlOutputs() {}

    /** Every row of {@code sensor_aggregates}. */
    public static List<AggregateRow> postgresAggregates(Connection postgres) throws SQLException {
        // numeric, not double: exact to the microsecond
        String start = "(extract(epoch FROM window_start) * 1000000)::bigint AS start_micros";
        return aggregates(postgres, "SELECT " + String.format(ROW, start) + " FROM sensor_aggregates");
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

    /**
     * Every reading in the lake.
     *
     * @param lake path without a slash at its end
     */
    public static List<Accepted> lakeReadings(Connection duckDb, String lake) throws SQLException {
        String sql = "SELECT sensor_id, metric, epoch_us(event_time) AS event_micros, value, unit, site, quality,"
                + " origin_topic, origin_partition, origin_offset, epoch_us(origin_timestamp) AS origin_micros FROM "
                + parquet(lake + "/readings");
        List<Accepted> readings = new ArrayList<>();
        try (PreparedStatement statement = duckDb.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                readings.add(reading(row));
            }
        }
        return readings;
    }

    /** The latest row of each window in the lake. */
    public static List<AggregateRow> lakeAggregates(Connection duckDb, String lake) throws SQLException {
        String columns = String.format(ROW, "epoch_us(window_start) AS start_micros");
        return aggregates(duckDb, "SELECT " + columns + " FROM " + parquet(lake + "/aggregates") + LATEST);
    }

    private static String parquet(String folder) {
        return "read_parquet('" + folder.replace("'", "''") + "/**/*.parquet', hive_partitioning = false)";
    }

    private static Accepted reading(ResultSet row) throws SQLException {
        Origin origin = new Origin(
                row.getString("origin_topic"),
                row.getInt("origin_partition"),
                row.getLong("origin_offset"),
                Math.floorDiv(row.getLong("origin_micros"), 1_000L));
        return new Accepted(
                new SeriesKey(row.getString("sensor_id"), row.getString("metric")),
                row.getLong("event_micros"),
                row.getDouble("value"),
                row.getString("unit"),
                row.getString("site"),
                row.getInt("quality"),
                origin);
    }

    private static List<AggregateRow> aggregates(Connection connection, String sql) throws SQLException {
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

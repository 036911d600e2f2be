package dev.weir.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the aggregates many times a second, and remembers when each row was there first, to the millisecond of a look. */
final class RowWatch implements AutoCloseable {
    private static final int EVERY_MILLIS = 20;
    /** Only rows of lately are looked at. */
    private static final String ROWS =
            "SELECT sensor_id, extract(epoch FROM window_start)::bigint FROM sensor_aggregates"
                    + " WHERE window_start > now() - interval '30 s' AND sensor_id <> '" + FleetFeed.BAD + "'";

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Connection connection;
    private final PreparedStatement rows;

    /** @param connection is closed with the watch */
    RowWatch(Connection connection) throws SQLException {
        this.connection = connection;
        this.rows = connection.prepareStatement(ROWS);
        var unused = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The name of the row of one second, in epoch seconds. */
    static String row(String sensor, long second) {
        return sensor + "@" + second;
    }

    /** By row, epoch milliseconds. */
    Map<String, Long> seen() {
        return seen;
    }

    private void look() {
        try (ResultSet row = rows.executeQuery()) {
            long now = System.currentTimeMillis();
            while (row.next()) {
                seen.putIfAbsent(row(row.getString(1), row.getLong(2)), now);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        connection.close();
    }
}

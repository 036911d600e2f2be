package dev.weir.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Looks at the rows of the watched sensors many times a second; when one was there first, to the millisecond of a look. */
final class RowArrivals implements AutoCloseable {
    private static final int EVERY_MILLIS = 20;
    private static final String ROWS = "SELECT sensor_id, metric, (extract(epoch FROM window_start) * 1000)::bigint"
            + " FROM sensor_aggregates WHERE sensor_id = ANY (?) AND metric = ANY (?) AND window_seconds = ?"
            + " AND window_start > to_timestamp(?)";

    /** Rows of windows that began so long before the newest that was seen are not looked at any more. */
    private static final int SECONDS = 60;

    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Connection connection;
    private final String[] sensors;
    private final String[] metrics;
    private final int windowSeconds;
    /** Start of the newest window, epoch milliseconds. */
    private long newestMillis = System.currentTimeMillis();

    /** @param connection is closed with this */
    RowArrivals(Connection connection, String[] sensors, int windowSeconds) {
        this.metrics = IntStream.range(0, SensorFleet.METRICS)
                .mapToObj(SensorFleet::name)
                .toArray(String[]::new);
        this.windowSeconds = windowSeconds;
        this.connection = connection;
        this.sensors = sensors;
        var unused = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** By sensor, metric and window as {@link PacedFleet#row} writes them; epoch milliseconds. */
    Map<String, Long> seen() {
        return seen;
    }

    private void look() {
        try (PreparedStatement rows = connection.prepareStatement(ROWS)) {
            // The whole primary key: else a look reads all that the sensors ever had, and the looking is what is
            // measured.
            rows.setArray(1, connection.createArrayOf("text", sensors));
            rows.setArray(2, connection.createArrayOf("text", metrics));
            rows.setInt(3, windowSeconds);
            rows.setDouble(4, newestMillis / 1e3 - SECONDS);
            try (ResultSet row = rows.executeQuery()) {
                long now = System.currentTimeMillis();
                while (row.next()) {
                    long startMillis = row.getLong(3);
                    newestMillis = Math.max(newestMillis, startMillis);
                    seen.putIfAbsent(row.getString(1) + "/" + row.getString(2) + "@" + startMillis, now);
                }
            }
        } catch (SQLException tableIsNotThereYet) {
            // The job makes it at its start.
        }
    }

    @Override
    public void close() throws Exception {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        connection.close();
    }
}

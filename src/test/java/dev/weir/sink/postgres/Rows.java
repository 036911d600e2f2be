package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Aggregates for tests: only what a test is about is said. */
public final class Rows {
    static final long MICROS_PER_SECOND = 1_000_000L;

    private Rows() {}

    public static Aggregate row(String sensor, int generation, boolean partial, long revision) {
        return row(sensor, "2024-03-01T00:00:00Z", generation, partial, revision);
    }

    static Aggregate row(String sensor, String start, int generation, boolean partial, long revision) {
        return row(sensor, start, generation, partial, revision, false);
    }

    /** That its window is shown for the first time. */
    static Aggregate first(Aggregate row) {
        Instant start = Instant.ofEpochSecond(row.windowStartMicros() / MICROS_PER_SECOND);
        return row(row.series().sensorId(), start.toString(), row.generation(), row.partial(), row.revision(), true);
    }

    /** Writes the row by the sink's own statement, and returns how many rows of the table that changed. */
    public static int upsert(Connection connection, Aggregate row) throws SQLException {
        try (var statement = connection.prepareStatement(AggregateUpsert.ONE_ROW)) {
            AggregateUpsert.bind(statement, row);
            return statement.executeUpdate();
        }
    }

    private static Aggregate row(
            String sensor, String start, int generation, boolean partial, long revision, boolean first) {
        long micros = Instant.parse(start).getEpochSecond() * MICROS_PER_SECOND;
        // Values that tell one row from another: by all that the guard looks at.
        double mark = revision + generation / 100.0 + (partial ? 0.001 : 0);
        return new Aggregate(
                new SeriesKey(sensor, "temperature"),
                60,
                micros,
                "site",
                "Cel",
                revision,
                mark * revision,
                mark,
                mark,
                mark,
                revision == 1 ? null : 0.5,
                mark,
                mark,
                0,
                generation,
                partial,
                first);
    }
}

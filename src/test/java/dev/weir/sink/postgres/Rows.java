package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.outputs.RowEdit;
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
        return RowEdit.of(row).with("first", true).row();
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
        return Aggregate.builder()
                .series(new SeriesKey(sensor, "temperature"))
                .windowSeconds(60)
                .windowStartMicros(micros)
                .site("site")
                .unit("Cel")
                .count(revision)
                .sum(mark * revision)
                .min(mark)
                .max(mark)
                .mean(mark)
                .stddev(revision == 1 ? null : 0.5)
                .firstValue(mark)
                .lastValue(mark)
                .generation(generation)
                .partial(partial)
                .first(first)
                .build();
    }
}

package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.SqlStates;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Thrown for a commit that no retry can fix. The message names the table and the rows, quotes the server, and says what to do. */
final class CommitFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CommitFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Creates the exception.
     *
     * @param rows in the order of their keys, at least one
     */
    static CommitFailure of(WeirConfig.Postgres options, List<Aggregate> rows, SQLException e) {
        Aggregate first = rows.get(0);
        Aggregate last = rows.get(rows.size() - 1);
        String where =
                rows.size() == 1 ? "key " + key(first) : rows.size() + " rows, keys " + key(first) + " to " + key(last);
        return new CommitFailure(
                SqlStates.refusal(
                        "weir.postgres: " + options.schema() + "." + AggregateUpsert.TABLE + " refuses " + where, e),
                e);
    }

    private static String key(Aggregate row) {
        Instant start = Instant.ofEpochSecond(Math.floorDiv(row.windowStartMicros(), 1_000_000L));
        return "(" + row.series().sensorId() + ", " + row.series().metric() + ", " + row.windowSeconds() + ", " + start
                + ")";
    }
}

package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The guarded insert, and what else SQL has to know of {@code sensor_aggregates}: a row replaces another only if it is greater by (NOT partial, CASE WHEN
 * partial THEN 0 ELSE generation END, revision, generation). So any rows, in any order, any number of times, end in the same table.
 * {@link CopyCommitter} also inserts by COPY, which can never replace.
 */
final class AggregateUpsert {
    static final String TABLE = "sensor_aggregates";
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final List<String> KEY = List.of("sensor_id", "metric", "window_seconds", "window_start");
    private static final List<String> VALUES = List.of(
            "site",
            "unit",
            "count",
            "sum",
            "min",
            "max",
            "mean",
            "stddev",
            "first_value",
            "last_value",
            "flagged_count",
            "revision",
            "generation",
            "partial");

    /** All columns but {@code updated_at}, which is the time of the transaction. */
    static final String COLUMNS = String.join(", ", KEY) + ", " + String.join(", ", VALUES);

    /** One row, bound by {@link #bind}. */
    static final String ONE_ROW = insert("VALUES (" + "?, ".repeat(KEY.size() + VALUES.size()) + "now())");

    private AggregateUpsert() {}

    /** The guarded insert of rows from {@code source}, which has {@link #COLUMNS} and then the time. */
    static String insert(String source) {
        return "INSERT INTO " + TABLE + " AS old (" + COLUMNS + ", updated_at) " + source + " ON CONFLICT ("
                + String.join(", ", KEY)
                + ") DO UPDATE SET "
                + VALUES.stream().map(c -> c + " = excluded." + c).collect(Collectors.joining(", "))
                + ", updated_at = now() WHERE " + rank("excluded") + " > " + rank("old");
    }

    private static String rank(String row) {
        return "(NOT #.partial, CASE WHEN #.partial THEN 0 ELSE #.generation END, #.revision, #.generation)"
                .replace("#", row);
    }

    /** Binds the row to {@link #ONE_ROW}. */
    static void bind(PreparedStatement statement, Aggregate row) throws SQLException {
        statement.setString(1, text(row.series().sensorId()));
        statement.setString(2, text(row.series().metric()));
        statement.setInt(3, row.windowSeconds());
        statement.setObject(4, start(row));
        statement.setString(5, text(row.site()));
        statement.setString(6, text(row.unit()));
        statement.setLong(7, row.count());
        statement.setDouble(8, row.sum());
        statement.setDouble(9, row.min());
        statement.setDouble(10, row.max());
        statement.setDouble(11, row.mean());
        if (row.stddev() == null) {
            statement.setNull(12, Types.DOUBLE);
        } else {
            statement.setDouble(12, row.stddev());
        }
        statement.setDouble(13, row.firstValue());
        statement.setDouble(14, row.lastValue());
        statement.setLong(15, row.flaggedCount());
        statement.setLong(16, row.revision());
        statement.setInt(17, row.generation());
        statement.setBoolean(18, row.partial());
    }

    /** The year, UTC, whose partition the row belongs to. */
    static int year(Aggregate row) {
        return LocalDate.ofEpochDay(Math.floorDiv(row.windowStartMicros(), MICROS_PER_DAY))
                .getYear();
    }

    private static OffsetDateTime start(Aggregate row) {
        long micros = row.windowStartMicros();
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * The text as PostgreSQL can hold it: NUL and unpaired surrogates become U+FFFD. Identifiers have none, but a site may; a row must
     * not be able to stop the job.
     */
    static String text(String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        // Paired surrogates are one code point, which is no surrogate.
        text.codePoints()
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == 0 || Character.isSurrogate(letter)) {
                return false;
            }
        }
        return true;
    }
}

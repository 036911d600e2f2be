package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of {@code sensor_aggregates}, above all the guarded insert. A row replaces another one only if it is greater by (NOT partial,
 * CASE WHEN partial THEN 0 ELSE generation END, revision, generation). Any rows, in any order and any number of times, therefore give the
 * same table. {@link CopyCommitter} also inserts by COPY, which can never replace a row.
 */
final class AggregateUpsert {
    static final String TABLE = "sensor_aggregates";
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final List<String> KEY = names(AggregateColumns.KEY);
    private static final List<String> VALUES = names(AggregateColumns.VALUES);

    /** The primary key. */
    static final String KEY_COLUMNS = String.join(", ", KEY);

    /** All columns except {@code updated_at}, which is the time of the transaction. */
    static final String COLUMNS = KEY_COLUMNS + ", " + String.join(", ", VALUES);

    /** The statement for one row, which {@link #bind} binds. */
    static final String ONE_ROW = insert("VALUES (" + "?, ".repeat(KEY.size() + VALUES.size()) + "now())");

    private AggregateUpsert() {}

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the guarded insert of rows from {@code source}, which yields {@link #COLUMNS} and then the time. */
    static String insert(String source) {
        return "INSERT INTO " + TABLE + " AS old (" + COLUMNS + ", updated_at) " + source + " ON CONFLICT ("
                + KEY_COLUMNS
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
        AggregateColumns.write(row, new StatementRowWriter(statement));
    }

    /** Returns the year, UTC, whose partition the row belongs to. */
    static int year(Aggregate row) {
        return LocalDate.ofEpochDay(Math.floorDiv(row.windowStartMicros(), MICROS_PER_DAY))
                .getYear();
    }

    /**
     * Returns the text in a form that PostgreSQL can hold, with U+FFFD for NUL and unpaired surrogates. Identifiers contain neither, but a
     * site may, and a row must not be able to stop the job.
     */
    static String text(String text) {
        if (text == null || isPlain(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        // A pair of surrogates is one code point, which is not a surrogate.
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

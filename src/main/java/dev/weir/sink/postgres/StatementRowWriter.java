package dev.weir.sink.postgres;

import dev.weir.core.model.RowWriter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Binds the columns of a row to the parameters of a statement, starting with the first. */
final class StatementRowWriter implements RowWriter<SQLException> {
    private final PreparedStatement statement;
    private int bound;

    StatementRowWriter(PreparedStatement statement) {
        this.statement = statement;
    }

    @Override
    public void text(String column, String value) throws SQLException {
        statement.setString(++bound, AggregateUpsert.text(value));
    }

    @Override
    public void optionalText(String column, String value) throws SQLException {
        statement.setString(++bound, AggregateUpsert.text(value));
    }

    @Override
    public void int32(String column, int value) throws SQLException {
        statement.setInt(++bound, value);
    }

    @Override
    public void int64(String column, long value) throws SQLException {
        statement.setLong(++bound, value);
    }

    @Override
    public void optionalInt64(String column, Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++bound, Types.BIGINT);
        } else {
            statement.setLong(++bound, value);
        }
    }

    @Override
    public void float64(String column, double value) throws SQLException {
        statement.setDouble(++bound, value);
    }

    @Override
    public void optionalFloat64(String column, Double value) throws SQLException {
        if (value == null) {
            statement.setNull(++bound, Types.DOUBLE);
        } else {
            statement.setDouble(++bound, value);
        }
    }

    @Override
    public void bool(String column, boolean value) throws SQLException {
        statement.setBoolean(++bound, value);
    }

    @Override
    public void timestamp(String column, long epochMicros) throws SQLException {
        statement.setObject(++bound, time(epochMicros));
    }

    private static OffsetDateTime time(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        return instant.atOffset(ZoneOffset.UTC);
    }
}

package dev.weir.testing;

import dev.weir.core.model.Column;
import dev.weir.core.model.RowReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The current row of a result that has the columns of a list, in their order: by place, for a name is looked up in each row anew. */
public final class ResultRow implements RowReader<SQLException> {
    private final ResultSet row;
    private final List<Column> columns;
    private int place;

    public ResultRow(ResultSet row, List<Column> columns) {
        this.row = row;
        this.columns = columns;
    }

    /** The columns of a SELECT. @param micros a time as epoch microseconds in the database's SQL, with %s for the column */
    public static String select(List<Column> columns, String micros) {
        return columns.stream()
                .map(c -> c.type() == Column.Type.TIMESTAMP ? micros.formatted(c.name()) : c.name())
                .collect(Collectors.joining(", "));
    }

    /** The place of the next column that is asked for. Derived ones are passed over: nobody asks for them. */
    private int place(String column) {
        while (!columns.get(place).name().equals(column)) {
            place++;
        }
        return ++place;
    }

    @Override
    public String text(String column) throws SQLException {
        return row.getString(place(column));
    }

    @Override
    public String optionalText(String column) throws SQLException {
        return row.getString(place(column));
    }

    @Override
    public int int32(String column) throws SQLException {
        return row.getInt(place(column));
    }

    @Override
    public long int64(String column) throws SQLException {
        return row.getLong(place(column));
    }

    @Override
    public Long optionalInt64(String column) throws SQLException {
        long value = row.getLong(place(column));
        return row.wasNull() ? null : (Long) value;
    }

    @Override
    public double float64(String column) throws SQLException {
        return row.getDouble(place(column));
    }

    @Override
    public Double optionalFloat64(String column) throws SQLException {
        double value = row.getDouble(place(column));
        return row.wasNull() ? null : (Double) value;
    }

    @Override
    public boolean bool(String column) throws SQLException {
        return row.getBoolean(place(column));
    }

    @Override
    public long timestamp(String column) throws SQLException {
        return row.getLong(place(column));
    }
}

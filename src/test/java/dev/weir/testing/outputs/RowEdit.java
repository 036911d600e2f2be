package dev.weir.testing.outputs;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.RowReader;
import java.util.Map;

/** A row with some columns changed, by the names of the columns. */
public final class RowEdit implements RowReader<RuntimeException> {
    private final Map<String, Object> values;

    private RowEdit(Aggregate row) {
        this.values = AggregateColumns.values(row);
    }

    public static RowEdit of(Aggregate row) {
        return new RowEdit(row);
    }

    /** @param value of the column's type; null only where the column may be null */
    public RowEdit with(String column, Object value) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("no column " + column);
        }
        values.put(column, value);
        return this;
    }

    public Aggregate row() {
        return AggregateColumns.read(this);
    }

    @Override
    public String text(String column) {
        return (String) values.get(column);
    }

    @Override
    public String optionalText(String column) {
        return (String) values.get(column);
    }

    @Override
    public int int32(String column) {
        return (Integer) values.get(column);
    }

    @Override
    public long int64(String column) {
        return (Long) values.get(column);
    }

    @Override
    public Long optionalInt64(String column) {
        return (Long) values.get(column);
    }

    @Override
    public double float64(String column) {
        return (Double) values.get(column);
    }

    @Override
    public Double optionalFloat64(String column) {
        return (Double) values.get(column);
    }

    @Override
    public boolean bool(String column) {
        return (Boolean) values.get(column);
    }

    @Override
    public long timestamp(String column) {
        return (Long) values.get(column);
    }

    @Override
    public boolean isTable() {
        return false;
    }
}

package dev.weir.core.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the values of a row by column, for equality and {@code toString}. Not for the hot path. */
final class RowValues extends BoxingRowWriter {
    final Map<String, Object> values = new LinkedHashMap<>();

    @Override
    void value(Column column, Object value) {
        values.put(column.name(), value);
    }

    @Override
    public boolean isTable() {
        return false;
    }
}

package dev.weir.core.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the values of a row by column, for equality and {@code toString}. Not for the hot path. */
final class RowValues implements RowWriter<RuntimeException> {
    final Map<String, Object> values = new LinkedHashMap<>();

    @Override
    public void text(String column, String value) {
        values.put(column, value);
    }

    @Override
    public void optionalText(String column, String value) {
        values.put(column, value);
    }

    @Override
    public void int32(String column, int value) {
        values.put(column, value);
    }

    @Override
    public void int64(String column, long value) {
        values.put(column, value);
    }

    @Override
    public void float64(String column, double value) {
        values.put(column, value);
    }

    @Override
    public void optionalFloat64(String column, Double value) {
        values.put(column, value);
    }

    @Override
    public void bool(String column, boolean value) {
        values.put(column, value);
    }

    @Override
    public void timestamp(String column, long epochMicros) {
        values.put(column, epochMicros);
    }

    @Override
    public boolean isTable() {
        return false;
    }
}

package dev.weir.core.model;

import dev.weir.core.model.Column.Type;

/** Passes every column of a row to one method, with a boxed value. Not for the hot path. */
abstract class BoxingRowWriter implements RowWriter<RuntimeException> {

    /** Takes one column. */
    abstract void value(Column column, Object value);

    @Override
    public final void text(String column, String value) {
        value(new Column(column, Type.TEXT, false), value);
    }

    @Override
    public final void optionalText(String column, String value) {
        value(new Column(column, Type.TEXT, true), value);
    }

    @Override
    public final void int32(String column, int value) {
        value(new Column(column, Type.INT32, false), value);
    }

    @Override
    public final void int64(String column, long value) {
        value(new Column(column, Type.INT64, false), value);
    }

    @Override
    public final void optionalInt64(String column, Long value) {
        value(new Column(column, Type.INT64, true), value);
    }

    @Override
    public final void float64(String column, double value) {
        value(new Column(column, Type.FLOAT64, false), value);
    }

    @Override
    public final void optionalFloat64(String column, Double value) {
        value(new Column(column, Type.FLOAT64, true), value);
    }

    @Override
    public final void bool(String column, boolean value) {
        value(new Column(column, Type.BOOL, false), value);
    }

    @Override
    public final void timestamp(String column, long epochMicros) {
        value(new Column(column, Type.TIMESTAMP, false), epochMicros);
    }
}

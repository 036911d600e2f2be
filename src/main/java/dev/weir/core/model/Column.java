package dev.weir.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One column of a table: its public name, its type, and whether it may be null. */
public record Column(String name, Type type, boolean nullable) {

    /** The types of columns. Each output maps them to its own types. */
    public enum Type {
        TEXT,
        INT32,
        INT64,
        FLOAT64,
        BOOL,
        /** Microseconds since the epoch, UTC. */
        TIMESTAMP
    }

    /** Returns the columns that {@code row} writes. It is called once, with any values. */
    static List<Column> of(Consumer<RowWriter<RuntimeException>> row) {
        Recorder recorder = new Recorder();
        row.accept(recorder);
        return List.copyOf(recorder.columns);
    }

    private static final class Recorder implements RowWriter<RuntimeException> {
        private final List<Column> columns = new ArrayList<>();

        @Override
        public void text(String column, String value) {
            columns.add(new Column(column, Type.TEXT, false));
        }

        @Override
        public void optionalText(String column, String value) {
            columns.add(new Column(column, Type.TEXT, true));
        }

        @Override
        public void int32(String column, int value) {
            columns.add(new Column(column, Type.INT32, false));
        }

        @Override
        public void int64(String column, long value) {
            columns.add(new Column(column, Type.INT64, false));
        }

        @Override
        public void float64(String column, double value) {
            columns.add(new Column(column, Type.FLOAT64, false));
        }

        @Override
        public void optionalFloat64(String column, Double value) {
            columns.add(new Column(column, Type.FLOAT64, true));
        }

        @Override
        public void bool(String column, boolean value) {
            columns.add(new Column(column, Type.BOOL, false));
        }

        @Override
        public void timestamp(String column, long epochMicros) {
            columns.add(new Column(column, Type.TIMESTAMP, false));
        }
    }
}

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
        List<Column> columns = new ArrayList<>();
        row.accept(new BoxingRowWriter() {
            @Override
            void value(Column column, Object value) {
                columns.add(column);
            }
        });
        return List.copyOf(columns);
    }
}

package dev.weir.sink.lake;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/**
 * Defines the table {@code aggregates}: one row per emission, partitioned by window size and by the day of the window's
 * start. It is append-only.
 */
final class AggregateTable implements LakeTable<Aggregate> {
    private static final long serialVersionUID = 1L;

    private static final MessageType SCHEMA = ParquetSchema.of("aggregate", AggregateColumns.ALL);

    @Override
    public String name() {
        return "aggregates";
    }

    @Override
    public MessageType schema() {
        return SCHEMA;
    }

    @Override
    public Function<Aggregate, String> partitioner() {
        Map<Integer, DayPartitions> bySize = new HashMap<>();
        return row -> bySize.computeIfAbsent(
                        row.windowSeconds(), seconds -> new DayPartitions("window_seconds=" + seconds + "/"))
                .of(row.windowStartMicros());
    }

    @Override
    public void write(Aggregate row, ColumnWriter columns) {
        AggregateColumns.write(row, columns);
    }
}

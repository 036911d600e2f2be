package dev.weir.sink.lake;

import dev.weir.core.model.Reading;
import dev.weir.core.model.ReadingColumns;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/** Defines the table {@code readings}: one row per accepted reading, partitioned by the day of its event time. */
final class ReadingTable implements LakeTable<Reading> {
    private static final long serialVersionUID = 1L;

    private static final MessageType SCHEMA = ParquetSchema.of("reading", ReadingColumns.ALL);

    @Override
    public String name() {
        return "readings";
    }

    @Override
    public MessageType schema() {
        return SCHEMA;
    }

    @Override
    public Function<Reading, String> partitioner() {
        DayPartitions days = new DayPartitions("");
        return reading -> days.of(reading.eventTimeMicros());
    }

    @Override
    public void write(Reading reading, ColumnWriter columns) {
        ReadingColumns.write(reading, columns);
    }
}

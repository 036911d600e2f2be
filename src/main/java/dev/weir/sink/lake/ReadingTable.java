package dev.weir.sink.lake;

import static dev.weir.sink.lake.Columns.float64;
import static dev.weir.sink.lake.Columns.int32;
import static dev.weir.sink.lake.Columns.int64;
import static dev.weir.sink.lake.Columns.optionalText;
import static dev.weir.sink.lake.Columns.text;
import static dev.weir.sink.lake.Columns.timestamp;

import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/** The table {@code readings}: one row per accepted reading, by the day of its event time. */
final class ReadingTable implements LakeTable<Reading> {
    private static final long serialVersionUID = 1L;
    private static final long MICROS_PER_MILLI = 1_000L;

    private static final MessageType SCHEMA = new MessageType(
            "reading",
            text("sensor_id"),
            text("metric"),
            timestamp("event_time"),
            float64("value"),
            optionalText("unit"),
            optionalText("site"),
            int32("quality"),
            text("origin_topic"),
            int32("origin_partition"),
            int64("origin_offset"),
            timestamp("origin_timestamp"),
            int32("generation"));

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
        Origin origin = reading.origin();
        columns.text(reading.series().sensorId())
                .text(reading.series().metric())
                .int64(reading.eventTimeMicros())
                .float64(reading.value())
                .optionalText(reading.unit())
                .optionalText(reading.site())
                .int32(reading.quality())
                .text(origin.topic())
                .int32(origin.partition())
                .int64(origin.offset())
                .int64(micros(origin.timestampMillis()))
                .int32(reading.generation());
    }

    /** Saturates: a record's timestamp is whatever its producer claimed, and must not stop the job. */
    private static long micros(long millis) {
        long limit = Long.MAX_VALUE / MICROS_PER_MILLI;
        return Math.max(-limit, Math.min(limit, millis)) * MICROS_PER_MILLI;
    }
}

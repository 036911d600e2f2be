package dev.weir.sink.lake;

import static dev.weir.sink.lake.Columns.bool;
import static dev.weir.sink.lake.Columns.float64;
import static dev.weir.sink.lake.Columns.int32;
import static dev.weir.sink.lake.Columns.int64;
import static dev.weir.sink.lake.Columns.optionalFloat64;
import static dev.weir.sink.lake.Columns.optionalText;
import static dev.weir.sink.lake.Columns.text;
import static dev.weir.sink.lake.Columns.timestamp;

import dev.weir.core.model.Aggregate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;

/** The table {@code aggregates}: one row per emission, by window size and the day of the window's start; append-only. */
final class AggregateTable implements LakeTable<Aggregate> {
    private static final long serialVersionUID = 1L;

    private static final MessageType SCHEMA = new MessageType(
            "aggregate",
            text("sensor_id"),
            text("metric"),
            int32("window_seconds"),
            timestamp("window_start"),
            optionalText("site"),
            optionalText("unit"),
            int64("count"),
            float64("sum"),
            float64("min"),
            float64("max"),
            float64("mean"),
            optionalFloat64("stddev"),
            float64("first_value"),
            float64("last_value"),
            int64("flagged_count"),
            int64("revision"),
            int32("generation"),
            bool("partial"));

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
        columns.text(row.series().sensorId())
                .text(row.series().metric())
                .int32(row.windowSeconds())
                .int64(row.windowStartMicros())
                .optionalText(row.site())
                .optionalText(row.unit())
                .int64(row.count())
                .float64(row.sum())
                .float64(row.min())
                .float64(row.max())
                .float64(row.mean())
                .optionalFloat64(row.stddev())
                .float64(row.firstValue())
                .float64(row.lastValue())
                .int64(row.flaggedCount())
                .int64(row.revision())
                .int32(row.generation())
                .bool(row.partial());
    }
}

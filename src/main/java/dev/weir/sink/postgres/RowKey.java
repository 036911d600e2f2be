package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;

/** The primary key of a row. Its order is the order in which writers lock rows; see {@link CopyCommitter}. */
record RowKey(SeriesKey series, int windowSeconds, long windowStartMicros) implements Comparable<RowKey> {
    static RowKey of(Aggregate row) {
        return new RowKey(row.series(), row.windowSeconds(), row.windowStartMicros());
    }

    @Override
    public int compareTo(RowKey other) {
        int order = series.sensorId().compareTo(other.series.sensorId());
        if (order == 0) {
            order = series.metric().compareTo(other.series.metric());
        }
        if (order == 0) {
            order = Integer.compare(windowSeconds, other.windowSeconds);
        }
        return order != 0 ? order : Long.compare(windowStartMicros, other.windowStartMicros);
    }
}

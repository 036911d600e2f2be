package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.util.Comparator;

/** The primary key of a row. Ordered, so that all writers lock rows in one order and cannot deadlock with each other. */
record RowKey(SeriesKey series, int windowSeconds, long windowStartMicros) implements Comparable<RowKey> {
    private static final Comparator<RowKey> ORDER = Comparator.comparing((RowKey k) -> k.series.sensorId())
            .thenComparing(k -> k.series.metric())
            .thenComparingInt(RowKey::windowSeconds)
            .thenComparingLong(RowKey::windowStartMicros);

    static RowKey of(Aggregate row) {
        return new RowKey(row.series(), row.windowSeconds(), row.windowStartMicros());
    }

    @Override
    public int compareTo(RowKey other) {
        return ORDER.compare(this, other);
    }
}

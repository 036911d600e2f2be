package dev.weir.core.model;

import java.util.List;

/** The columns of an accepted reading in the lake: the only list of their names, types, values and order, which are a public interface. */
public final class ReadingColumns {
    private static final long MICROS_PER_MILLI = 1_000L;

    /** All columns, in the order of the table. */
    public static final List<Column> ALL = Column.of(to ->
            write(new Reading(new SeriesKey("", ""), 0, 0, null, null, 0, new Origin("", 0, 0, 0), null, null, 0), to));

    private ReadingColumns() {}

    /** Writes all columns of the reading. */
    public static <E extends Exception> void write(Reading reading, RowWriter<E> to) throws E {
        to.text("sensor_id", reading.series().sensorId());
        to.text("metric", reading.series().metric());
        to.timestamp("event_time", reading.eventTimeMicros());
        to.float64("value", reading.value());
        to.optionalText("unit", reading.unit());
        to.optionalText("site", reading.site());
        to.int32("quality", reading.quality());
        to.text("origin_topic", reading.origin().topic());
        to.int32("origin_partition", reading.origin().partition());
        to.int64("origin_offset", reading.origin().offset());
        to.timestamp("origin_timestamp", micros(reading.origin().timestampMillis()));
        to.int32("generation", reading.generation());
        to.optionalText("origin_file", reading.origin().file());
        to.optionalInt64(
                "origin_row",
                reading.origin().file() == null ? null : (Long) reading.origin().row());
    }

    /** Converts milliseconds to microseconds. Saturates, because a producer may claim any timestamp, which must not fail the job. */
    private static long micros(long millis) {
        long limit = Long.MAX_VALUE / MICROS_PER_MILLI;
        return Math.max(-limit, Math.min(limit, millis)) * MICROS_PER_MILLI;
    }
}

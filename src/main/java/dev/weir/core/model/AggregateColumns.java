package dev.weir.core.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The columns of an aggregate: the only list of their names, types, values and order. Every writer and reader of rows uses it: the exchange
 * between operators, COPY and the upsert, the Parquet schema and its files, and the comparison with the oracle. Names and order are a
 * public interface.
 *
 * <p>The list is code and not data, so that no value is boxed and the JIT compiles it into each writer. Do not simplify: the list is split
 * into short methods because the JIT does not inline a method whose compiled code is already large ({@code InlineSmallCode}). A single
 * method of 11 columns made the serializer of the exchange 40 % slower.
 */
public final class AggregateColumns {
    private static final Aggregate ANY =
            Aggregate.builder().series(new SeriesKey("", "")).build();

    /** The primary key. */
    public static final List<Column> KEY = Column.of(to -> key(ANY, to));

    /** The columns that decide whether a row supersedes another one of the same key. */
    public static final List<Column> RANKING = Column.of(to -> ranking(ANY, to));

    /** All columns but the key. */
    public static final List<Column> VALUES = Stream.concat(
                    Column.of(to -> content(ANY, to)).stream(), RANKING.stream())
            .toList();

    /** All columns, in the order of the tables. */
    public static final List<Column> ALL =
            Stream.concat(KEY.stream(), VALUES.stream()).toList();

    private AggregateColumns() {}

    /** Writes the columns that the output takes ({@link RowWriter#isTable}). */
    public static <E extends Exception> void write(Aggregate row, RowWriter<E> to) throws E {
        key(row, to);
        content(row, to);
        ranking(row, to);
        hints(row, to);
    }

    private static <E extends Exception> void key(Aggregate row, RowWriter<E> to) throws E {
        to.text("sensor_id", row.series().sensorId());
        to.text("metric", row.series().metric());
        to.int32("window_seconds", row.windowSeconds());
        to.timestamp("window_start", row.windowStartMicros());
    }

    private static <E extends Exception> void content(Aggregate row, RowWriter<E> to) throws E {
        labels(row, to);
        moments(row, to);
        ends(row, to);
    }

    private static <E extends Exception> void labels(Aggregate row, RowWriter<E> to) throws E {
        to.optionalText("site", row.site());
        to.optionalText("unit", row.unit());
    }

    private static <E extends Exception> void moments(Aggregate row, RowWriter<E> to) throws E {
        to.int64("count", row.count());
        to.float64("sum", row.sum());
        to.float64("min", row.min());
        to.float64("max", row.max());
        to.float64("mean", row.mean());
        to.optionalFloat64("stddev", row.stddev());
    }

    private static <E extends Exception> void ends(Aggregate row, RowWriter<E> to) throws E {
        to.float64("first_value", row.firstValue());
        to.float64("last_value", row.lastValue());
        to.int64("flagged_count", row.flaggedCount());
    }

    private static <E extends Exception> void ranking(Aggregate row, RowWriter<E> to) throws E {
        if (to.isTable()) {
            to.int64("revision", row.revision());
        }
        to.int32("generation", row.generation());
        to.bool("partial", row.partial());
    }

    private static <E extends Exception> void hints(Aggregate row, RowWriter<E> to) throws E {
        if (!to.isTable()) {
            to.bool("first", row.first());
        }
    }

    /** Reads a row that {@link #write} has written. Does not ask for columns that follow from others. */
    public static <E extends Exception> Aggregate read(RowReader<E> from) throws E {
        return Aggregate.builder()
                .series(new SeriesKey(from.text("sensor_id"), from.text("metric")))
                .windowSeconds(from.int32("window_seconds"))
                .windowStartMicros(from.timestamp("window_start"))
                .site(from.optionalText("site"))
                .unit(from.optionalText("unit"))
                .count(from.int64("count"))
                .sum(from.float64("sum"))
                .min(from.float64("min"))
                .max(from.float64("max"))
                .mean(from.float64("mean"))
                .stddev(from.optionalFloat64("stddev"))
                .firstValue(from.float64("first_value"))
                .lastValue(from.float64("last_value"))
                .flaggedCount(from.int64("flagged_count"))
                .generation(from.int32("generation"))
                .partial(from.bool("partial"))
                .first(!from.isTable() && from.bool("first"))
                .build();
    }

    /** Returns the values of a row by column, in order. Includes the hints, but no column that follows from others. */
    public static Map<String, Object> values(Aggregate row) {
        RowValues values = new RowValues();
        write(row, values);
        return values.values;
    }
}

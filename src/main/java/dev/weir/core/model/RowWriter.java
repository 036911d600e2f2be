package dev.weir.core.model;

/**
 * Takes one row column by column, in the order of the list that makes the calls ({@link AggregateColumns}, {@link ReadingColumns}). The
 * method tells the column's type and whether its value may be null.
 *
 * @param <E> the exception that the output may throw
 */
public interface RowWriter<E extends Exception> {

    /** Takes a text that is never null. */
    void text(String column, String value) throws E;

    void optionalText(String column, String value) throws E;

    void int32(String column, int value) throws E;

    void int64(String column, long value) throws E;

    void optionalInt64(String column, Long value) throws E;

    void float64(String column, double value) throws E;

    void optionalFloat64(String column, Double value) throws E;

    void bool(String column, boolean value) throws E;

    /**
     * Takes an instant.
     *
     * @param epochMicros microseconds since the epoch, UTC
     */
    void timestamp(String column, long epochMicros) throws E;

    /**
     * Returns whether the output is a table that people read. A table contains the columns that follow from others, but no hints. A format
     * that is read back into rows contains hints, but no columns that follow from others.
     */
    default boolean isTable() {
        return true;
    }
}

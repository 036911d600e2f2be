package dev.weir.core.model;

/**
 * Reads one row column by column, in the order in which {@link RowWriter} takes them. A format with an order of its own ignores the names.
 *
 * @param <E> the exception that the input may throw
 */
public interface RowReader<E extends Exception> {

    String text(String column) throws E;

    /** Returns a text, or null if the column has no value. */
    String optionalText(String column) throws E;

    int int32(String column) throws E;

    long int64(String column) throws E;

    /** Returns a number, or null if the column has no value. */
    Long optionalInt64(String column) throws E;

    double float64(String column) throws E;

    /** Returns a number, or null if the column has no value. */
    Double optionalFloat64(String column) throws E;

    boolean bool(String column) throws E;

    /** Returns microseconds since the epoch, UTC. */
    long timestamp(String column) throws E;

    /**
     * Returns whether the input is a table, which has no hints. A reader does not ask it for columns that follow from others ({@link
     * RowWriter#isTable}).
     */
    default boolean isTable() {
        return true;
    }
}

package dev.weir.testing.oracle;

import dev.weir.core.catalog.FieldSource;

/** What one item of an event holds, by where the catalog says that it is. */
@FunctionalInterface
interface Fields {

    /** A number outside quotes, as written. {@code NaN} and {@code Infinity} may come so. */
    record Number(String raw) {}

    /** Something that is neither text nor number: a truth value, as a text, or an object or an array. */
    record Other(Object content) {}

    /**
     * An instant that needs no format.
     *
     * @param micros epoch microseconds UTC, at the ends of long where it lies beyond
     * @param number what stands in the event, as a number; null for none
     */
    record Time(long micros, Number number) {}

    /** A {@link String}, a {@link Number}, a {@link Time}, an {@link Other}, or null where there is nothing or JSON's null. */
    Object get(FieldSource source);
}

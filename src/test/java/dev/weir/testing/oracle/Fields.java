package dev.weir.testing.oracle;

/** The fields of one event by name. */
interface Fields {

    /** A number outside quotes, as written. {@code NaN} and {@code Infinity} may come so. */
    record Number(String raw) {}

    /** Something that is neither text nor number: a truth value, an object, an array. */
    record Other(Object content) {}

    /** A {@link String}, a {@link Number}, an {@link Other}, or null where the field is absent or JSON's null. */
    Object get(String name);
}

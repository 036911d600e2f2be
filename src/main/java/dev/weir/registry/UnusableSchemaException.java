package dev.weir.registry;

/** Thrown if a registry says that it lacks a schema, or has one that is not Avro. Asking again changes nothing. */
final class UnusableSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableSchemaException(String detail) {
        super(detail, null, false, false);
    }
}

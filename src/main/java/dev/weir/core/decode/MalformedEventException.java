package dev.weir.core.decode;

/**
 * Thrown for an event whose bytes cannot be decoded. The event is rejected as {@code MALFORMED} and the job continues. Has no stack trace,
 * because bad bytes are ordinary input and a trace would cost more than decoding.
 */
public final class MalformedEventException extends Exception {

    /**
     * Creates the exception.
     *
     * @param detail short, for people; never the whole payload
     */
    public MalformedEventException(String detail) {
        super(detail, null, false, false);
    }
}

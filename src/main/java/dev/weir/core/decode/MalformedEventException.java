package dev.weir.core.decode;

/**
 * Says that an event's bytes cannot be decoded; the event is rejected as {@code MALFORMED}, the job goes on. Carries no stack trace:
 * bad bytes are an ordinary input, and the trace would cost more than the decoding.
 */
public final class MalformedEventException extends Exception {

    /** @param detail short, for a person; never the whole payload */
    public MalformedEventException(String detail) {
        super(detail, null, false, false);
    }
}

package dev.weir.core.decode;

/**
 * Says that an event cannot be decoded now, because something that its format needs is away. It is no verdict on the
 * event: the caller decodes the same event again later, and neither loses nor rejects it. Unchecked, so that what decodes
 * a sample once, and waits for nothing, fails with its message. Carries no stack trace, as it is thrown at every attempt.
 */
public final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message begins with the option, and says what is away */
    public NotNowException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}

package dev.weir.core.decode;

/**
 * Thrown if an event cannot be decoded now, because something that its format needs is unavailable. It is no verdict: the caller decodes
 * the same event again later, and neither loses nor rejects it. Unchecked, so that a caller that decodes a sample only once fails with its
 * message. Has no stack trace, because it is thrown at every attempt.
 */
public final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message begins with the option and says what is unavailable
     */
    public NotNowException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}

package dev.weir.failure;

/**
 * Says that no job was submitted, and why: the cause, whose message begins with the option. What was asked for is as it
 * was, and nothing runs.
 */
public final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotStartedException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}

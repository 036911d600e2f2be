package dev.weir.failure;

/**
 * Says that no job was submitted. The cause says why, and its message begins with the option. Nothing outside has
 * changed, and nothing runs.
 */
public final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotStartedException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}

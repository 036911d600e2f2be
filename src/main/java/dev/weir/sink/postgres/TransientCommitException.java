package dev.weir.sink.postgres;

/** Thrown for a commit that failed for a reason that may pass. Nothing is lost, and the same rows must be tried again. */
final class TransientCommitException extends Exception {
    private static final long serialVersionUID = 1L;

    TransientCommitException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.weir.sink.postgres;

/** A commit failed of something that may pass: nothing is lost, the same rows are to be tried again. */
final class TransientCommitException extends Exception {
    private static final long serialVersionUID = 1L;

    TransientCommitException(String message, Throwable cause) {
        super(message, cause);
    }
}

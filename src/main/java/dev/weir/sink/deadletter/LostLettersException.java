package dev.weir.sink.deadletter;

/** Says that dead letters are lost, because the broker has aborted the transaction of a completed checkpoint. */
final class LostLettersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostLettersException(Transaction transaction) {
        this(transaction, null);
    }

    LostLettersException(Transaction transaction, Throwable cause) {
        super(
                "Dead letters are lost: " + transaction.letters() + " of transaction "
                        + transaction.kafka().getTransactionalId()
                        + ", which the broker has aborted although its checkpoint has completed: it was older than transaction.timeout.ms,"
                        + " or another job of the same weir.pipeline has ended it. Readings, aggregates and books are complete."
                        + " How to get the letters back: docs/operating.md, WeirDeadLettersLost",
                cause);
    }
}

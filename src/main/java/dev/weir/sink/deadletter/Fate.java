package dev.weir.sink.deadletter;

import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.TransactionDescription;

/** Says what has become of a transaction, as its broker remembers it. */
enum Fate {
    /** It can be committed. */
    OPEN,
    /** Its letters are in the topic. */
    COMMITTED,
    /** The broker has aborted it, because it was too old: its letters are lost. */
    ABORTED,
    /** Another producer has used its id since. Its letters are lost unless it was committed before. */
    REPLACED,
    /**
     * The broker does not know the id any more, after {@code transactional.id.expiration.ms} (7 days), or never did.
     */
    FORGOTTEN,
    /** The broker could not be asked. */
    UNKNOWN;

    /**
     * Derives the fate from the broker's description. A broker of transaction version 2 (Kafka 4) raises the producer's
     * epoch by one when it commits or aborts, and by one more when it has aborted by itself. A larger difference means
     * that the state is of a later transaction.
     *
     * @param now the broker's description of the id
     */
    static Fate of(KafkaCommittable transaction, TransactionDescription now) {
        int raised = now.producerEpoch() - transaction.getEpoch();
        if (now.producerId() != transaction.getProducerId() || raised < 0 || raised > 2) {
            return REPLACED;
        }
        return switch (now.state()) {
            case ONGOING -> raised == 0 ? OPEN : REPLACED;
            case PREPARE_COMMIT, COMPLETE_COMMIT -> raised <= 1 ? COMMITTED : REPLACED;
            case PREPARE_ABORT, COMPLETE_ABORT, PREPARE_EPOCH_FENCE -> ABORTED;
            case EMPTY -> raised == 0 ? UNKNOWN : REPLACED;
            case UNKNOWN -> UNKNOWN;
        };
    }
}

package dev.weir.sink.deadletter;

import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaAccess;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker what has become of a transaction. */
@FunctionalInterface
interface TransactionFates {

    Fate of(KafkaCommittable transaction);

    /**
     * Returns an implementation that creates a client for each question. There are few questions, after restarts and
     * failed commits. A question gives up after 12 s.
     */
    static TransactionFates at(WeirConfig.Kafka kafka) {
        return transaction -> ask(transaction, kafka);
    }

    private static Fate ask(KafkaCommittable transaction, WeirConfig.Kafka kafka) {
        String id = transaction.getTransactionalId();
        try (Admin admin = KafkaAccess.admin(kafka)) {
            return Fate.of(
                    transaction,
                    KafkaAccess.answer(admin.describeTransactions(List.of(id)).description(id), kafka));
        } catch (TransactionalIdNotFoundException e) {
            return Fate.FORGOTTEN;
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            Logger log = LoggerFactory.getLogger(TransactionFates.class);
            log.warn("The broker does not say what has become of transaction {}: {}", id, e.toString());
            return Fate.UNKNOWN;
        }
    }
}

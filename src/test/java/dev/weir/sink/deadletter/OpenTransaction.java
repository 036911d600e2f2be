package dev.weir.sink.deadletter;

import dev.weir.testing.KafkaBroker;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** A transaction that its broker holds open; a later one of the same id has another epoch. */
record OpenTransaction(String id, long producer, int epoch) {

    /** Those of a pipeline's dead letters. */
    static Set<OpenTransaction> of(KafkaBroker broker, String pipeline) throws Exception {
        try (Admin admin = broker.admin()) {
            List<String> ids = admin
                    .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                    .all()
                    .get()
                    .stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(pipeline + "-dead-letters"))
                    .toList();
            return admin.describeTransactions(ids).all().get().entrySet().stream()
                    .filter(entry -> entry.getValue().state() == TransactionState.ONGOING)
                    .map(entry -> new OpenTransaction(
                            entry.getKey(),
                            entry.getValue().producerId(),
                            entry.getValue().producerEpoch()))
                    .collect(Collectors.toSet());
        }
    }
}

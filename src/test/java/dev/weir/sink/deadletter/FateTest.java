package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    /** The transaction is of producer 7 in its epoch 3. */
    @ParameterizedTest
    @CsvSource({
        "ONGOING, 7, 3, OPEN",
        "ONGOING, 7, 4, REPLACED",
        "ONGOING, 8, 3, REPLACED",
        "PREPARE_COMMIT, 7, 3, COMMITTED",
        "COMPLETE_COMMIT, 7, 3, COMMITTED", // before Kafka 4
        "COMPLETE_COMMIT, 7, 4, COMMITTED",
        "COMPLETE_COMMIT, 7, 5, REPLACED",
        "COMPLETE_COMMIT, 8, 0, REPLACED",
        "PREPARE_EPOCH_FENCE, 7, 4, ABORTED",
        "PREPARE_ABORT, 7, 4, ABORTED",
        "COMPLETE_ABORT, 7, 4, ABORTED",
        "COMPLETE_ABORT, 7, 5, ABORTED",
        "COMPLETE_ABORT, 7, 6, REPLACED",
        "COMPLETE_ABORT, 7, 2, REPLACED",
        "EMPTY, 7, 5, REPLACED",
        "EMPTY, 7, 3, UNKNOWN",
        "UNKNOWN, 7, 3, UNKNOWN"
    })
    void followsFromWhatTheBrokerSays(TransactionState state, long producer, int epoch, Fate fate) {
        TransactionDescription now =
                new TransactionDescription(1, state, producer, epoch, 900_000, OptionalLong.empty(), Set.of());

        assertThat(Fate.of(new KafkaCommittable(7, (short) 3, "kilns-dead-letters-0-5", null), now))
                .isEqualTo(fate);
    }
}

package dev.weir.sink.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

class TransactionSerializerTest {
    private static final KafkaCommittable KAFKA = new KafkaCommittable(7, (short) 3, "kilns-dead-letters-0-5", null);

    private final SimpleVersionedSerializer<KafkaCommittable> kafka = KafkaSink.<DeadLetterRecord>builder()
            .setBootstrapServers("127.0.0.1:9092")
            .setTransactionalIdPrefix("kilns")
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setRecordSerializer(new DeadLetterSerialization("dlq"))
            .build()
            .getCommittableSerializer();
    private final TransactionSerializer serializer = new TransactionSerializer(kafka);

    @Test
    void aTransactionComesBackWithItsLetters() throws IOException {
        Transaction transaction = new Transaction(KAFKA, 12);
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(transaction)))
                .isEqualTo(transaction);
    }

    /** A savepoint of a release in which the connector's own sink stood here. */
    @Test
    void theConnectorsOwnStateIsReadAndSaysNoNumber() throws IOException {
        assertThat(serializer.deserialize(kafka.getVersion(), kafka.serialize(KAFKA)))
                .isEqualTo(new Transaction(KAFKA, 0));
    }

    @Test
    void aNewerVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(TransactionSerializer.VERSION + 1, new byte[12]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 101");
    }
}

package dev.weir.kafka;

import dev.weir.config.WeirConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the clock of a broker, for the doctor. Kafka's protocol has no request for the time. The other answers that
 * hold a time need more than the job has: the state of the metadata quorum comes from a controller and needs DESCRIBE
 * on the cluster, and a record's timestamp needs a topic to write to. But the broker notes when a transaction began,
 * and the job has the rights for a transaction. So this class begins a transaction, reads its start time and aborts it.
 * The transaction holds one offset of the consumer group, which never becomes visible, and no record.
 */
final class BrokerClock {
    private BrokerClock() {}

    /**
     * Returns how far the clock of the transaction coordinator is ahead of this machine's; negative if it is behind.
     * The broker reads its clock while this machine waits for the answer, so a time within that wait counts as no
     * difference.
     *
     * @param prefix the prefix of the transactional ids that the job may use
     * @throws IllegalStateException if no topic matches {@code weir.kafka.topic-pattern} yet
     */
    static Duration ahead(WeirConfig.Kafka kafka, Admin admin, String prefix) {
        String topic = KafkaAccess.topics(kafka, admin).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("weir.kafka.topic-pattern: no topic matches yet"));
        try (KafkaProducer<byte[], byte[]> producer = KafkaAccess.producer(kafka, prefix)) {
            producer.initTransactions();
            producer.beginTransaction();
            try {
                long before = System.currentTimeMillis();
                producer.sendOffsetsToTransaction(
                        Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)),
                        new ConsumerGroupMetadata(kafka.group()));
                long after = System.currentTimeMillis();
                long began = began(kafka, admin, KafkaAccess.checkId(prefix));
                return Duration.ofMillis(began - Math.max(before, Math.min(began, after)));
            } finally {
                producer.abortTransaction();
            }
        }
    }

    private static long began(WeirConfig.Kafka kafka, Admin admin, String id) {
        return KafkaAccess.answer(admin.describeTransactions(List.of(id)).all(), kafka)
                .get(id)
                .transactionStartTimeMs()
                .orElseThrow(() -> new IllegalStateException("the broker does not say when a transaction began"));
    }
}

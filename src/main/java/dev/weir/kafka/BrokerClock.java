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
 * Reads the clock of a broker, for the doctor. No request of Kafka's protocol asks for the time, and the other answers that hold one
 * need more: the state of the metadata quorum needs DESCRIBE on the cluster and is a controller's, and a record's timestamp needs a topic
 * to write to. But a broker notes when a transaction began, and the job has the rights for that. So this begins a transaction, looks at it
 * and aborts it. The transaction holds an offset of the group, which never becomes visible, and no record.
 */
final class BrokerClock {
    private BrokerClock() {}

    /**
     * Returns how far the broker that coordinates the job's transactions is ahead of this machine. The broker looked at its clock while
     * this machine waited for the answer, so a time within that wait counts as no difference.
     *
     * @param prefix of the transactional ids that the job may use
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

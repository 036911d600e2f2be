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
 * Reads the clock of a broker. None tells the time when asked, but each notes when a transaction began: so one is begun, looked at and aborted. It
 * holds an offset of the group that never becomes visible; nothing is written to any topic.
 */
final class BrokerClock {
    private BrokerClock() {}

    /**
     * How far the broker that coordinates our transactions is ahead of this machine; the time that the answer took is in favour of the broker.
     *
     * @param prefix what the transactional ids begin with that one may use
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

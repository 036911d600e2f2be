package dev.weir.announce;

import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaAccess;
import dev.weir.kafka.KafkaClients;
import dev.weir.kafka.KafkaErrors;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes announcements in transactions, in order. All announcing processes of a pipeline have the same transactional id: a new one ends
 * what another has begun, so two at once cannot mix their order.
 */
final class AnnouncementWriter implements AutoCloseable {
    private final WeirConfig config;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Connects to the brokers, and aborts what an earlier process left open.
     *
     * @throws IllegalStateException if the topic cannot be written to; the message names the option and the cure
     */
    AnnouncementWriter(WeirConfig config, String topic) {
        this.config = config;
        requireWritable(config.kafka(), topic);
        Properties properties = KafkaClients.properties(config.kafka());
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.pipeline() + "-announce");
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            close();
            throw explained(e);
        }
    }

    private static void requireWritable(WeirConfig.Kafka kafka, String topic) {
        try (Admin admin = KafkaAccess.admin(kafka)) {
            new KafkaAccess(kafka, admin).checkTopics("--topic", List.of(topic), AclOperation.WRITE);
        } catch (UnknownTopicOrPartitionException e) {
            throw new IllegalStateException(
                    "--topic: " + topic + " does not exist on " + kafka.bootstrapServers()
                            + "; create it or correct the name",
                    e);
        }
    }

    /**
     * Writes all records, or none.
     *
     * @throws IllegalStateException if none was written, or if only the answer of the broker was lost
     */
    void write(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record); // a failure is the commit's, too
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            throw explained(e);
        }
    }

    private IllegalStateException explained(KafkaException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof ProducerFencedException || t instanceof InvalidProducerEpochException) {
                return new IllegalStateException(
                        "weir.pipeline: another announce of " + config.pipeline()
                                + " has begun; wait for its end, and then announce what is --missing",
                        e);
            }
        }
        String text = KafkaErrors.explained(e, config.kafka());
        return new IllegalStateException(text == null ? "weir.kafka.bootstrap-servers: " + e.getMessage() : text, e);
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

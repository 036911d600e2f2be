package dev.weir.source;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the broker about the topics that a reader reads. Needs only the right to describe them, which the right to read
 * includes. Its client is created at the first question and kept. Used by the task's thread and the fetcher's.
 *
 * <p>Every method throws the broker's error as an unchecked exception, and {@link TimeoutException} if there is no
 * answer in time.
 */
class InputTopics implements AutoCloseable {
    private final Properties client;
    private AdminClient admin;

    /**
     * Creates it without a client.
     *
     * @param client the properties of Kafka's client, with the servers and the group
     */
    InputTopics(Properties client) {
        this.client = client;
    }

    /**
     * Returns the id of each topic. Leaves out topics that do not exist, and all topics of a broker before Kafka 2.8.
     */
    Map<String, String> ids(Collection<String> topics, Duration within) {
        Map<String, String> ids = new HashMap<>();
        admin().describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                TopicDescription described = answer(answer, within);
                if (!Uuid.ZERO_UUID.equals(described.topicId())) {
                    ids.put(topic, described.topicId().toString());
                }
            } catch (UnknownTopicOrPartitionException e) {
                // A topic that does not exist holds no records, so nothing can be read from it by mistake.
                ids.remove(topic);
            }
        });
        return ids;
    }

    /** Returns the offset of the first record that each partition still holds, or will hold. */
    Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions, Duration within) {
        return offsets(partitions, OffsetSpec.earliest(), within);
    }

    /** Returns the offset of the next record of each partition. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, Duration within) {
        return offsets(partitions, OffsetSpec.latest(), within);
    }

    /** Returns the offsets that the rule gives for the partitions. */
    Map<TopicPartition, Long> resolved(Collection<TopicPartition> partitions, OffsetsInitializer rule) {
        return rule.getPartitionOffsets(
                partitions,
                new PartitionOffsetsRetrieverImpl(admin(), client.getProperty(ConsumerConfig.GROUP_ID_CONFIG)));
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, Duration within) {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer(admin().listOffsets(question).all(), within)
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private static <T> T answer(KafkaFuture<T> future, Duration within) {
        try {
            return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("no answer within " + within.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private synchronized AdminClient admin() {
        if (admin == null) {
            Properties impatient = new Properties();
            // A request to a broker that hangs is sent to another broker while the caller still waits.
            impatient.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
            impatient.setProperty(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "2000");
            client.stringPropertyNames().forEach(name -> impatient.setProperty(name, client.getProperty(name)));
            admin = AdminClient.create(impatient);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}

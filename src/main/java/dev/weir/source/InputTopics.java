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
 * contains. Its client is made with the first question and kept. Used by the task's thread and by the fetcher's.
 *
 * <p>Every method throws what the broker says as an unchecked exception, {@link TimeoutException} if it says nothing in time.
 */
class InputTopics implements AutoCloseable {
    private final Properties client;
    private AdminClient admin;

    /** @param client of Kafka's, with the servers and the group */
    InputTopics(Properties client) {
        this.client = client;
    }

    /** The id of each topic. Left out are topics that do not exist, and all topics of a broker before Kafka 2.8. */
    Map<String, String> ids(Collection<String> topics, Duration within) {
        Map<String, String> ids = new HashMap<>();
        admin().describeTopics(topics).topicNameValues().forEach((topic, answer) -> {
            try {
                TopicDescription described = answer(answer, within);
                if (!Uuid.ZERO_UUID.equals(described.topicId())) {
                    ids.put(topic, described.topicId().toString());
                }
            } catch (UnknownTopicOrPartitionException e) {
                // No records can come from it, either.
                ids.remove(topic);
            }
        });
        return ids;
    }

    /** The offset of the first record that each partition still holds, or would hold. */
    Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions, Duration within) {
        return offsets(partitions, OffsetSpec.earliest(), within);
    }

    /** The offset of the next record of each partition. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions, Duration within) {
        return offsets(partitions, OffsetSpec.latest(), within);
    }

    /** Where the partitions begin or end by that rule. */
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
            // So that a question that goes to a broker which stands still is asked of another one while its asker
            // waits.
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

package dev.weir.source;

import dev.weir.config.WeirConfig;
import dev.weir.kafka.KafkaAccess;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds the end offset, exclusive, of each partition of a bounded run. Covers the partitions that existed when the job
 * was submitted.
 */
public final class EndOffsets implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<TopicPartition, Long> offsets;

    EndOffsets(Map<TopicPartition, Long> offsets) {
        this.offsets = new HashMap<>(offsets);
    }

    /**
     * Asks the broker for the ends as of now, and returns them; null for an unbounded run.
     *
     * @throws IllegalStateException if the broker does not answer or refuses; the message names the option
     */
    public static EndOffsets resolved(WeirConfig.Kafka kafka) {
        if (!kafka.stop().bounded()) {
            return null;
        }
        try (Admin admin = KafkaAccess.admin(kafka)) {
            List<TopicPartition> partitions = KafkaAccess.answer(
                            admin.describeTopics(KafkaAccess.topics(kafka, admin))
                                    .allTopicNames(),
                            kafka)
                    .values()
                    .stream()
                    .flatMap(topic -> partitions(topic).stream())
                    .toList();
            return new EndOffsets(offsets(kafka, (AdminClient) admin, partitions));
        }
    }

    private static List<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                .toList();
    }

    private static Map<TopicPartition, Long> offsets(
            WeirConfig.Kafka kafka, AdminClient admin, List<TopicPartition> partitions) {
        var broker = new PartitionOffsetsRetrieverImpl(admin, kafka.group());
        // Do not use the connector's "latest": it is a marker, which each reader would resolve for itself, later.
        Map<TopicPartition, Long> ends = kafka.stop().mode() == WeirConfig.Stop.Mode.LATEST
                ? broker.endOffsets(partitions)
                : OffsetsInitializer.timestamp(
                                EventSource.firstMillisNotBefore(kafka.stop().instant()))
                        .getPartitionOffsets(partitions, broker);
        Map<TopicPartition, Long> numbers = new HashMap<>(ends);
        // A partition without a record at or after the instant ends at its present end. The connector gives a marker
        // for it, too.
        List<TopicPartition> markers = ends.entrySet().stream()
                .filter(end -> end.getValue() < 0)
                .map(Map.Entry::getKey)
                .toList();
        numbers.putAll(broker.endOffsets(markers));
        return numbers;
    }

    /** Returns the end of the partition, or null if it did not exist at the submission. */
    Long of(TopicPartition partition) {
        return offsets.get(partition);
    }
}

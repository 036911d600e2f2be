package dev.weir.source;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumerator.PartitionOffsetsRetrieverImpl;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * Says where splits of restored state end. A bounded run gives an end to those that have none; an end that is there stays, so
 * that a failure moves no end. An unbounded run refuses the state of a bounded one: of a partition that was read to its end,
 * the state does not say how far.
 */
final class Stops implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Properties client;
    /** Null for an unbounded run. */
    private final OffsetsInitializer stopping;

    /** @param client of Kafka's, with the servers and the group */
    Stops(Properties client, OffsetsInitializer stopping) {
        this.client = client;
        this.stopping = stopping;
    }

    /** The splits, each with an end if the run is bounded. Asks the broker only if one lacks it. */
    List<KafkaPartitionSplit> set(List<KafkaPartitionSplit> splits) {
        List<TopicPartition> endless = splits.stream()
                .filter(split -> split.getStoppingOffset().isEmpty())
                .map(KafkaPartitionSplit::getTopicPartition)
                .toList();
        if (stopping == null || endless.isEmpty()) {
            return splits;
        }
        Map<TopicPartition, Long> ends = ends(endless);
        return splits.stream()
                .map(split -> ends.containsKey(split.getTopicPartition())
                        ? ending(split, ends.get(split.getTopicPartition()))
                        : split)
                .toList();
    }

    /**
     * The enumerator's state, for a bounded run marked as one's.
     *
     * @throws FlinkRuntimeException if it is a bounded run's and this one is not; the job does not start
     */
    KafkaSourceEnumState taken(KafkaSourceEnumState state) {
        if (stopping == null) {
            if (state.splits().stream()
                    .anyMatch(split -> split.split().getStoppingOffset().isPresent())) {
                throw new FlinkRuntimeException(
                        "weir.kafka.stop: never cannot go on from the state of a run that was bounded: what its partitions"
                                + " got after their end would be left out. Let that run end with weir.kafka.stop as it was,"
                                + " then start without state and with an explicit weir.kafka.start");
            }
            return state;
        }
        return new KafkaSourceEnumState(
                marked(state.assignedSplits()), marked(state.unassignedSplits()), state.initialDiscoveryFinished());
    }

    private static List<KafkaPartitionSplit> marked(Collection<KafkaPartitionSplit> splits) {
        return splits.stream()
                .map(split -> split.getStoppingOffset().isPresent()
                        ? split
                        : ending(split, KafkaPartitionSplit.LATEST_OFFSET))
                .toList();
    }

    private static KafkaPartitionSplit ending(KafkaPartitionSplit split, long end) {
        return IdentifiedSplit.between(split, split.getStartingOffset(), end);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        String group = client.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        try (AdminClient admin = AdminClient.create(client)) {
            return stopping.getPartitionOffsets(partitions, new PartitionOffsetsRetrieverImpl(admin, group));
        }
    }
}

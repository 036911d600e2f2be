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
 * Says where the splits of a bounded run end, and what its state keeps of them.
 *
 * <p>The ends of a run are resolved once, when its job is submitted ({@link EndOffsets}), and are part of the graph: a
 * failure moves none. So the state needs no ends: it holds how far each partition was read, finished ones too, and any
 * later run goes on from there, whether it is bounded or not.
 *
 * <p>State of releases that kept the ends in it is different. Of a partition that was read to its end it does not say
 * how far: an end in restored state stays, and an unbounded run refuses such a state.
 */
final class SplitEnds implements Serializable {
    private static final long serialVersionUID = 2L;

    private final Properties client;
    /** Null for an unbounded run. */
    private final OffsetsInitializer stopping;
    /** Null for an unbounded run, and where they are not resolved beforehand: then this run keeps its state as earlier releases did. */
    private final EndOffsets ends;

    /** @param client of Kafka's, with the servers and the group */
    SplitEnds(Properties client, OffsetsInitializer stopping, EndOffsets ends) {
        this.client = client;
        this.stopping = stopping;
        this.ends = stopping == null ? null : ends;
    }

    /** Whether the state of this run says of every partition how far it was read. */
    boolean remembersFinished() {
        return ends != null;
    }

    /** The splits, each with an end if the run is bounded. Asks the broker only if one lacks it. */
    List<KafkaPartitionSplit> set(List<KafkaPartitionSplit> splits, boolean fromState) {
        if (stopping == null) {
            return splits;
        }
        List<KafkaPartitionSplit> resolved =
                splits.stream().map(split -> resolved(split, fromState)).toList();
        List<TopicPartition> endless = resolved.stream()
                .filter(split -> split.getStoppingOffset().isEmpty())
                .map(KafkaPartitionSplit::getTopicPartition)
                .toList();
        if (endless.isEmpty()) {
            return resolved;
        }
        Map<TopicPartition, Long> asked = ask(endless);
        return resolved.stream()
                .map(split -> asked.containsKey(split.getTopicPartition())
                        ? ending(split, asked.get(split.getTopicPartition()))
                        : split)
                .toList();
    }

    private KafkaPartitionSplit resolved(KafkaPartitionSplit split, boolean fromState) {
        boolean ofAnEarlierRelease = fromState && split.getStoppingOffset().isPresent();
        Long end = ends == null ? null : ends.of(split.getTopicPartition());
        return ofAnEarlierRelease || end == null ? split : ending(split, end);
    }

    /**
     * The enumerator's state, for a bounded run marked as one's if the state of this run is to say so.
     *
     * @throws FlinkRuntimeException if it is an earlier release's, of a bounded run, and this one is not; the job does not start
     */
    KafkaSourceEnumState taken(KafkaSourceEnumState state) {
        if (stopping == null) {
            if (hasEnds(state)) {
                throw new FlinkRuntimeException(
                        "weir.kafka.stop: never cannot go on from this state of a run that was bounded: what its partitions"
                                + " got after their end would be left out. Let that run end with weir.kafka.stop as it was,"
                                + " then start without state and with an explicit weir.kafka.start");
            }
            return state;
        }
        if (remembersFinished()) {
            return state;
        }
        return new KafkaSourceEnumState(
                marked(state.assignedSplits()), marked(state.unassignedSplits()), state.initialDiscoveryFinished());
    }

    static boolean hasEnds(KafkaSourceEnumState state) {
        return state.splits().stream()
                .anyMatch(split -> split.split().getStoppingOffset().isPresent());
    }

    static KafkaSourceEnumState withoutEnds(KafkaSourceEnumState state) {
        return new KafkaSourceEnumState(
                state.assignedSplits().stream().map(SplitEnds::withoutEnd).toList(),
                state.unassignedSplits().stream().map(SplitEnds::withoutEnd).toList(),
                state.initialDiscoveryFinished());
    }

    static KafkaPartitionSplit withoutEnd(KafkaPartitionSplit split) {
        return ending(split, KafkaPartitionSplit.NO_STOPPING_OFFSET);
    }

    /** What the state keeps of a split that was read to its end: where a later run goes on. */
    static KafkaPartitionSplit finished(KafkaPartitionSplit split) {
        long end = split.getStoppingOffset().orElseThrow();
        return IdentifiedSplit.between(
                split, Math.max(split.getStartingOffset(), end), KafkaPartitionSplit.NO_STOPPING_OFFSET);
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

    private Map<TopicPartition, Long> ask(List<TopicPartition> partitions) {
        String group = client.getProperty(ConsumerConfig.GROUP_ID_CONFIG);
        try (AdminClient admin = AdminClient.create(client)) {
            return stopping.getPartitionOffsets(partitions, new PartitionOffsetsRetrieverImpl(admin, group));
        }
    }
}

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
 * Decides where the splits of a bounded run end, and what its state keeps of them.
 *
 * <p>The ends of a run are resolved once, when its job is submitted ({@link EndOffsets}), and are part of the job
 * graph, so a failure moves no end. The state then needs no ends: it holds how far each partition was read, including
 * finished ones. Any later run continues from there, whether it is bounded or not.
 *
 * <p>State of releases that kept the ends in it is different. It does not say how far a partition was read that was
 * finished. So an end in restored state stays, and an unbounded run refuses such state.
 */
final class SplitEnds implements Serializable {
    private static final long serialVersionUID = 2L;

    private final Properties client;
    /** The rule for ends; null for an unbounded run. */
    private final OffsetsInitializer stopping;
    /**
     * The ends; null for an unbounded run, and if they were not resolved at the submission. Without them this run keeps
     * its state as earlier releases did.
     */
    private final EndOffsets ends;

    /**
     * Creates the ends of a run.
     *
     * @param client the properties of Kafka's client, with the servers and the group
     * @param stopping the rule for the end of a partition; null for an unbounded run
     * @param ends null if they were not resolved at the submission
     */
    SplitEnds(Properties client, OffsetsInitializer stopping, EndOffsets ends) {
        this.client = client;
        this.stopping = stopping;
        this.ends = stopping == null ? null : ends;
    }

    /** Returns whether the state of this run holds how far every partition was read, including finished ones. */
    boolean remembersFinished() {
        return ends != null;
    }

    /** Returns the splits, each with an end if the run is bounded. Asks the broker only if one lacks an end. */
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
     * Returns the enumerator's state for this run. For a bounded run whose state keeps ends, each split is marked as
     * ending.
     *
     * @throws FlinkRuntimeException if this run is unbounded and the state is from a bounded run of an earlier release;
     *     the job does not start
     */
    KafkaSourceEnumState taken(KafkaSourceEnumState state) {
        if (stopping == null) {
            if (hasEnds(state)) {
                throw new FlinkRuntimeException(
                        "weir.kafka.stop: never cannot start from this state of a bounded run: the records that its partitions"
                                + " got after their ends would be skipped. Let that run end with weir.kafka.stop as it was,"
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

    /** Returns the split as the state keeps it after it was read to its end: a later run continues there. */
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

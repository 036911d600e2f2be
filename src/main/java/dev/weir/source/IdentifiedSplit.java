package dev.weir.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Adds the topic's id to a split. Kafka gives a topic that is deleted and created again under the same name another id.
 * A split from state of a release without ids, or from a broker before Kafka 2.8, is a plain one: its topic's id is not
 * known.
 */
final class IdentifiedSplit extends KafkaPartitionSplit {
    private final String topicId;

    private IdentifiedSplit(KafkaPartitionSplit split, long start, long stop, String topicId) {
        super(split.getTopicPartition(), start, stop);
        this.topicId = topicId;
    }

    /** Returns the split with that id; a plain split if the id is null. */
    static KafkaPartitionSplit of(KafkaPartitionSplit split, String topicId) {
        return between(split, split.getStartingOffset(), stop(split), topicId);
    }

    /** Returns a split of the same topic between other offsets. */
    static KafkaPartitionSplit between(KafkaPartitionSplit split, long start, long stop) {
        return between(split, start, stop, topicId(split));
    }

    private static KafkaPartitionSplit between(KafkaPartitionSplit split, long start, long stop, String topicId) {
        return topicId == null
                ? new KafkaPartitionSplit(split.getTopicPartition(), start, stop)
                : new IdentifiedSplit(split, start, stop, topicId);
    }

    /** Returns the topic's id, or null if it is not known. */
    static String topicId(KafkaPartitionSplit split) {
        return split instanceof IdentifiedSplit identified ? identified.topicId : null;
    }

    static long stop(KafkaPartitionSplit split) {
        return split.getStoppingOffset().orElse(NO_STOPPING_OFFSET);
    }
}

package dev.weir.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Adds the topic's id to a split, and the progress in files if the topic announces some. Kafka gives a topic that is deleted and created
 * again under the same name another id. A split from state of a release without ids, or from a broker before Kafka 2.8, has none: its
 * topic's id is not known. A split with neither is a plain one.
 */
final class IdentifiedSplit extends KafkaPartitionSplit {
    private final String topicId;
    private final FileProgress progress;

    private IdentifiedSplit(KafkaPartitionSplit split, long start, long stop, String topicId, FileProgress progress) {
        super(split.getTopicPartition(), start, stop);
        this.topicId = topicId;
        this.progress = progress;
    }

    /** Returns the split with that id, which is null if it is not known. */
    static KafkaPartitionSplit of(KafkaPartitionSplit split, String topicId) {
        return of(split, split.getStartingOffset(), stop(split), topicId, progress(split));
    }

    /** Returns the split with that progress; null for none. */
    static KafkaPartitionSplit of(KafkaPartitionSplit split, FileProgress progress) {
        return of(split, split.getStartingOffset(), stop(split), topicId(split), progress);
    }

    /** Returns a split of the same topic between other offsets. It begins in the middle of a file only if the start is the same. */
    static KafkaPartitionSplit between(KafkaPartitionSplit split, long start, long stop) {
        FileProgress progress = progress(split);
        boolean moved = progress != null && start != split.getStartingOffset();
        return of(split, start, stop, topicId(split), moved ? progress.elsewhere() : progress);
    }

    private static KafkaPartitionSplit of(
            KafkaPartitionSplit split, long start, long stop, String topicId, FileProgress progress) {
        return topicId == null && progress == null
                ? new KafkaPartitionSplit(split.getTopicPartition(), start, stop)
                : new IdentifiedSplit(split, start, stop, topicId, progress);
    }

    /** Returns the topic's id, or null if it is not known. */
    static String topicId(KafkaPartitionSplit split) {
        return split instanceof IdentifiedSplit identified ? identified.topicId : null;
    }

    /** Returns how far the files at the start of the split were read; null if there are none. */
    static FileProgress progress(KafkaPartitionSplit split) {
        return split instanceof IdentifiedSplit identified ? identified.progress : null;
    }

    static long stop(KafkaPartitionSplit split) {
        return split.getStoppingOffset().orElse(NO_STOPPING_OFFSET);
    }
}

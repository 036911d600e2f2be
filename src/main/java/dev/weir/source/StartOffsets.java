package dev.weir.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Resolves the start of each partition to an offset before the first record is read. The connector's own rules would
 * leave "earliest" and "committed" to the consumer. A checkpoint before the first record would then hold no position,
 * and nobody could say how much was lost since.
 *
 * <p>The consumer never resets a position by itself: {@link EventSplitReader} does, and counts the offsets that this
 * skips.
 */
enum StartOffsets implements OffsetsInitializer {
    EARLIEST {
        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
            return broker.beginningOffsets(partitions);
        }
    },
    /**
     * The group's committed offset, or the earliest offset if there is none. A committed offset counts even if
     * retention has deleted its record: that is a loss.
     */
    COMMITTED_OR_EARLIEST {
        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
            Map<TopicPartition, Long> starts = new HashMap<>(broker.beginningOffsets(partitions));
            starts.putAll(broker.committedOffsets(partitions));
            return starts;
        }
    };

    @Override
    @SuppressWarnings("deprecation") // The connector's interface still needs Kafka's deprecated enum.
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}

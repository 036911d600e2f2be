package dev.weir.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Marks a jump of the position among the records of a partition. The jump is then in exactly the checkpoints that hold
 * the position after it.
 */
final class SkippedRange extends ConsumerRecord<byte[], byte[]> {
    private final long lost;

    /**
     * Creates the marker.
     *
     * @param to the position after the jump; the connector derives it from this record's offset, which is one less
     * @param lost number of offsets that were deleted before they were read
     */
    SkippedRange(TopicPartition partition, long to, long lost) {
        super(partition.topic(), partition.partition(), to - 1, null, null);
        this.lost = lost;
    }

    long lost() {
        return lost;
    }
}

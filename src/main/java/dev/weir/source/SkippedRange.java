package dev.weir.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Stands among the records of a partition where the position jumps, so that the jump is in exactly the checkpoints that hold
 * the position after it.
 */
final class SkippedRange extends ConsumerRecord<byte[], byte[]> {
    private final long lost;

    /**
     * @param to the position after the jump; the connector takes it to be the offset behind this record
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

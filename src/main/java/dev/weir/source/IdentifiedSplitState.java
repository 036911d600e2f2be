package dev.weir.source;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitState;

/** Tracks the position in a split, and keeps the split's topic id. Drops progress in files, which only {@link FileSplitState} keeps. */
class IdentifiedSplitState extends KafkaPartitionSplitState {
    private final String topicId;

    IdentifiedSplitState(KafkaPartitionSplit split) {
        super(split);
        this.topicId = IdentifiedSplit.topicId(split);
    }

    @Override
    public KafkaPartitionSplit toKafkaPartitionSplit() {
        return IdentifiedSplit.of(super.toKafkaPartitionSplit(), topicId);
    }
}

package dev.weir.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/**
 * Prepares splits before they are read, so that each is an offset of a known topic. Checks that the topic of a restored
 * split was not recreated, and looks up the id for a split without one. Resolves starts that are markers: those of new
 * partitions, and those in state of earlier releases.
 */
final class SplitPreparation {
    /**
     * The wait for an answer, as long as Kafka's own clients wait by default. After it the task fails and is restarted.
     */
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final InputTopics topics;
    private final TopicIds ids;

    SplitPreparation(InputTopics topics, TopicIds ids) {
        this.topics = topics;
        this.ids = ids;
    }

    /**
     * Returns the prepared splits.
     *
     * @throws dev.weir.failure.RefusedException if a split's topic was recreated
     */
    List<KafkaPartitionSplit> prepared(List<KafkaPartitionSplit> splits) {
        Map<String, String> now = topics.ids(
                splits.stream().map(KafkaPartitionSplit::getTopic).collect(Collectors.toSet()), ANSWER_WITHIN);
        splits.forEach(
                split -> ids.require(split.getTopic(), IdentifiedSplit.topicId(split), now.get(split.getTopic())));
        Map<TopicPartition, Long> starts = starts(splits);
        return splits.stream()
                .map(split -> {
                    String known = IdentifiedSplit.topicId(split);
                    long start = starts.getOrDefault(split.getTopicPartition(), split.getStartingOffset());
                    return IdentifiedSplit.of(
                            IdentifiedSplit.between(split, start, IdentifiedSplit.stop(split)),
                            known == null ? now.get(split.getTopic()) : known);
                })
                .toList();
    }

    private Map<TopicPartition, Long> starts(List<KafkaPartitionSplit> splits) {
        List<TopicPartition> committed = startingAt(KafkaPartitionSplit.COMMITTED_OFFSET, splits);
        List<TopicPartition> earliest = startingAt(KafkaPartitionSplit.EARLIEST_OFFSET, splits);
        if (committed.isEmpty() && earliest.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> starts = new HashMap<>(topics.resolved(earliest, StartOffsets.EARLIEST));
        starts.putAll(topics.resolved(committed, StartOffsets.COMMITTED_OR_EARLIEST));
        return starts;
    }

    private static List<TopicPartition> startingAt(long marker, List<KafkaPartitionSplit> splits) {
        return splits.stream()
                .filter(split -> split.getStartingOffset() == marker)
                .map(KafkaPartitionSplit::getTopicPartition)
                .toList();
    }
}

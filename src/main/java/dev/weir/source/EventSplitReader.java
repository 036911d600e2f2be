package dev.weir.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits as Kafka's reader does, and counts the offsets that it does not get to read.
 *
 * <p>The idea is that only retention makes a consumer's position invalid from below. The consumer resets no position by
 * itself ({@code auto.offset.reset: none}), so a position before the log's first record throws. The reader then asks
 * for the log's start and continues there. The offsets between are exactly those that retention deleted before they
 * were read. If retention outruns the next fetch, the new position throws again, and the rest is counted then. Gaps
 * inside the log, such as compacted records, aborted transactions and their markers, throw nothing, so they are not
 * counted.
 *
 * <p>A position beyond the log's end, or one that the broker says was truncated, is no loss by retention ({@link
 * TopicIds}). Records are held back while the metadata has changed and it is not known yet whether a topic was
 * recreated ({@link MetadataChanges}).
 *
 * <p>The count travels as a {@link SkippedRange} in the place of the records, so that it is in the same checkpoints as
 * the new position. The normal path costs nothing; a jump costs three questions to the broker. Runs in the fetcher's
 * thread.
 */
final class EventSplitReader extends KafkaPartitionSplitReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventSplitReader.class);
    /**
     * The longest wait for an answer in one fetch, so that the reader can be closed meanwhile. The next fetch asks
     * again.
     */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final InputTopics topics;
    private final TopicIds ids;
    private final MetadataChanges changes;
    private final Map<TopicPartition, KafkaPartitionSplit> splits = new HashMap<>();
    /**
     * Records that were fetched, and are held back until it is known that their topics are still the same; null for
     * none.
     */
    private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> held;

    EventSplitReader(
            Properties client,
            SourceReaderContext context,
            KafkaSourceReaderMetrics metrics,
            InputTopics topics,
            TopicIds ids,
            MetadataChanges changes) {
        super(MetadataListener.with(client, changes), context, metrics);
        this.topics = topics;
        this.ids = ids;
        this.changes = changes;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        super.handleSplitsChanges(change);
        change.splits().forEach(split -> splits.put(split.getTopicPartition(), split));
    }

    /**
     * Returns the next records, possibly none.
     *
     * @throws dev.weir.failure.RefusedException if a topic was recreated, or a partition ends before the position
     */
    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        if (held == null) {
            try {
                held = super.fetch();
            } catch (OffsetOutOfRangeException e) {
                return jumped(e);
            }
        }
        if (changes.due() && !areTheSameTopics()) {
            return nothing();
        }
        RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = held;
        held = null;
        return records;
    }

    /** Pauses and resumes splits. Skips those that have ended, of which the caller may not know yet. */
    @Override
    public void pauseOrResumeSplits(Collection<KafkaPartitionSplit> pause, Collection<KafkaPartitionSplit> resume) {
        pause.forEach(split -> ifAssigned(() -> super.pauseOrResumeSplits(List.of(split), List.of())));
        resume.forEach(split -> ifAssigned(() -> super.pauseOrResumeSplits(List.of(), List.of(split))));
    }

    private static void ifAssigned(Runnable change) {
        try {
            change.run();
        } catch (IllegalStateException e) {
            LOG.debug("Not paused or resumed, as it has ended: {}", e.getMessage());
        }
    }

    /** Checks that no topic was recreated, and returns true; false if no broker answered. */
    private boolean areTheSameTopics() {
        changes.asking();
        try {
            requireTheSameTopics();
            return true;
        } catch (RetriableException e) {
            LOG.warn("Cannot check whether an input topic was recreated, asking again: {}", e.toString());
            changes.notAnswered();
            return false;
        }
    }

    private void requireTheSameTopics() {
        Map<String, String> now = topics.ids(
                splits.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()), ANSWER_WITHIN);
        splits.forEach((partition, split) ->
                ids.require(partition.topic(), IdentifiedSplit.topicId(split), now.get(partition.topic())));
    }

    private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> jumped(OffsetOutOfRangeException e) {
        Map<TopicPartition, Long> positions = e.offsetOutOfRangePartitions();
        Map<TopicPartition, Long> begins;
        Map<TopicPartition, Long> ends;
        try {
            requireTheSameTopics();
            begins = topics.begins(positions.keySet(), ANSWER_WITHIN);
            ends = topics.ends(positions.keySet(), ANSWER_WITHIN);
        } catch (RetriableException notAnswered) {
            LOG.warn(
                    "{}; the start of the partition is not known yet, asking again: {}",
                    e.getMessage(),
                    notAnswered.toString());
            return nothing();
        }
        RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>> records = new RecordsBySplits.Builder<>();
        List<KafkaPartitionSplit> moved = new ArrayList<>();
        positions.forEach((partition, position) -> {
            KafkaPartitionSplit split = splits.get(partition);
            Jump jump = position < begins.get(partition)
                    ? overLost(split, position, begins.get(partition))
                    : back(partition, position, begins.get(partition), ends.get(partition), e);
            if (jump != null) {
                moved.add(IdentifiedSplit.between(split, jump.to(), IdentifiedSplit.stop(split)));
                records.add(
                        KafkaPartitionSplit.toSplitId(partition), new SkippedRange(partition, jump.to(), jump.lost()));
            }
        });
        if (!moved.isEmpty()) {
            // The base class seeks a split that is added again to its start, and finishes it if it starts at its end.
            handleSplitsChanges(new SplitsAddition<>(moved));
        }
        return records.build();
    }

    private static Jump overLost(KafkaPartitionSplit split, long position, long begin) {
        Jump jump = Jump.overLost(position, begin, split.getStoppingOffset().orElse(Long.MAX_VALUE));
        LOG.warn(
                "Lost: {} offsets of partition {} of topic {} were deleted before they were read, from {} to {};"
                        + " they are counted in offsets.lost. Keep records longer (retention.ms, retention.bytes), or read faster",
                jump.lost(),
                split.getPartition(),
                split.getTopic(),
                position,
                jump.to() - 1);
        return jump;
    }

    /**
     * Returns the jump to where the log differs from the records that were read, or null if the position is valid by
     * now.
     */
    private Jump back(TopicPartition partition, long position, long begin, long end, OffsetOutOfRangeException thrown) {
        if (!(thrown instanceof LogTruncationException truncated)) {
            if (position > end) {
                throw ids.beyondTheEnd(partition, position, end);
            }
            return null;
        }
        OffsetAndMetadata divergent = truncated.divergentOffsets().get(partition);
        if (divergent == null) {
            throw ids.cutBack(partition, position);
        }
        Jump jump = Jump.back(divergent.offset(), begin);
        LOG.warn(
                "The brokers have lost records of partition {} of topic {} that were read, from {} to {} (an unclean leader"
                        + " election); reading continues with the records that are there now",
                partition.partition(),
                partition.topic(),
                jump.to(),
                position - 1);
        return jump;
    }

    private static RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> nothing() {
        return new RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>>().build();
    }
}

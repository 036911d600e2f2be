package dev.weir.source;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherTask;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs two fetchers: one for the topics whose records are events, as the connector does, and one for the topics that announce files. So
 * records do not wait for files. Each fetcher starts with the first split of its kind. Belongs to the task's thread.
 */
final class EventFetchers extends KafkaSourceFetcherManager {
    private final Predicate<String> announces;
    private final Readers readers;

    private EventFetchers(Predicate<String> announces, Readers readers) {
        super(new FutureCompletingBlockingQueue<>(), readers, finished -> {});
        this.announces = announces;
        this.readers = readers;
    }

    /**
     * Creates the fetchers, none of which runs.
     *
     * @param announces whether the topic of that name announces files
     */
    static EventFetchers of(
            Predicate<String> announces, Supplier<EventSplitReader> records, Supplier<FileSplitReader> files) {
        return new EventFetchers(announces, new Readers(records, files));
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        Map<Boolean, List<KafkaPartitionSplit>> byKind =
                splits.stream().collect(Collectors.partitioningBy(split -> announces.test(split.getTopic())));
        byKind.forEach((files, ofKind) -> {
            if (!ofKind.isEmpty()) {
                addSplits(files, ofKind);
            }
        });
    }

    private void addSplits(boolean files, List<KafkaPartitionSplit> splits) {
        var running = running(files);
        if (running != null) {
            running.addSplits(splits);
            return;
        }
        var fetcher = created(files);
        fetcher.addSplits(splits);
        startFetcher(fetcher);
    }

    /** Commits the offsets of all partitions with one consumer: they have the same group, and its members are not managed by Kafka. */
    @Override
    public void commitOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        if (offsets.isEmpty()) {
            return;
        }
        var records = running(false);
        var files = running(true);
        if (records == null && files != null) {
            commit(files, ((FileSplitReader) files.getSplitReader()).announcements(), offsets, callback);
        } else if (records != null) {
            commit(records, records.getSplitReader(), offsets, callback);
        } else {
            records = created(false);
            commit(records, records.getSplitReader(), offsets, callback);
            startFetcher(records);
        }
    }

    private static void commit(
            SplitFetcher<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> fetcher,
            SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> reader,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            OffsetCommitCallback callback) {
        fetcher.enqueueTask(new SplitFetcherTask() {
            @Override
            public boolean run() {
                ((KafkaPartitionSplitReader) reader).notifyCheckpointComplete(offsets, callback);
                return true;
            }

            @Override
            public void wakeUp() {}
        });
    }

    private SplitFetcher<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> running(boolean files) {
        return fetchers.values().stream()
                .filter(fetcher -> fetcher.getSplitReader() instanceof FileSplitReader == files)
                .findFirst()
                .orElse(null);
    }

    private SplitFetcher<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> created(boolean files) {
        readers.files = files;
        return createSplitFetcher();
    }

    /** Creates the kind of reader that is asked for next. The base class has one supplier for all fetchers. */
    private static final class Readers
            implements Supplier<SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit>> {
        private final Supplier<EventSplitReader> ofRecords;
        private final Supplier<FileSplitReader> ofFiles;
        private boolean files;

        Readers(Supplier<EventSplitReader> ofRecords, Supplier<FileSplitReader> ofFiles) {
            this.ofRecords = ofRecords;
            this.ofFiles = ofFiles;
        }

        @Override
        public SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> get() {
            return files ? ofFiles.get() : ofRecords.get();
        }
    }
}

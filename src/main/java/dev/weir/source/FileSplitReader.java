package dev.weir.source;

import dev.weir.core.catalog.Input;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads splits of topics that announce files: emits the rows of each announced file in the place of its announcement, and behind them what
 * became of the file.
 *
 * <p>Announcements are fetched by a reader of Kafka's records and queue here, one queue for each partition ({@link FilePartition}). A
 * partition whose queue is full is paused. The first files of each queue are read ahead in the background; what they have ready is emitted
 * in order, partition after partition. So nothing here blocks but the wait for both, and a task can take a checkpoint between any two rows
 * ({@link FileSplitState}). Runs in the fetcher's thread.
 */
final class FileSplitReader implements SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> {
    /** How many files are open at most, over all partitions: enough for some thousand small files a second at 50 ms each. */
    private static final int OPEN_FILES = 256;

    private static final int OPEN_FILES_OF_A_PARTITION = 64;

    /** How often Kafka is asked for announcements while there are rows to emit; an offset is committed at such a time, too. */
    private static final Duration GLANCE_EVERY = Duration.ofMillis(50);

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> kafka;
    private final WakeUps wakeUps;
    private final Function<String, Input> inputs;
    private final FileOpener opener;
    private final AutoCloseable files;
    private final Clock clock;
    private final RelativeClock ticks;
    private final Map<String, FilePartition> partitions = new HashMap<>();
    /** The partitions, the one whose turn it is first. */
    private final Deque<FilePartition> turns = new ArrayDeque<>();

    private final Set<FilePartition> paused = new HashSet<>();
    private long glancedNanos;

    /**
     * Creates the reader, which closes what it is given.
     *
     * @param kafka fetches the announcements
     * @param wakeUps of that reader
     * @param inputs the input of a topic by its name
     * @param files whatever the opener needs
     */
    FileSplitReader(
            SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> kafka,
            WakeUps wakeUps,
            Function<String, Input> inputs,
            FileOpener opener,
            AutoCloseable files,
            Clock clock,
            RelativeClock ticks) {
        this.kafka = kafka;
        this.wakeUps = wakeUps;
        this.inputs = inputs;
        this.opener = opener;
        this.files = files;
        this.clock = clock;
        this.ticks = ticks;
        this.glancedNanos = ticks.relativeTimeNanos();
    }

    /** Returns the reader of the announcements. */
    SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> announcements() {
        return kafka;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        for (KafkaPartitionSplit split : change.splits()) {
            FilePartition partition = new FilePartition(split, inputs.apply(split.getTopic()), opener, clock);
            partitions.put(split.splitId(), partition);
            turns.add(partition);
        }
        kafka.handleSplitsChanges(change);
    }

    @Override
    public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
        FileRecords ready = ready();
        if (ready.isEmpty()) {
            await();
            ready = ready();
        } else if (ticks.relativeTimeNanos() - glancedNanos >= GLANCE_EVERY.toNanos() && isAnyFetched()) {
            pauseAndResume();
            take(wakeUps.glance());
        }
        return ready;
    }

    private void await() throws IOException {
        if (isAnyFetched()) {
            pauseAndResume();
            take(wakeUps.poll());
        } else {
            // A consumer without partitions does not wait.
            wakeUps.await(WAIT);
        }
    }

    private boolean isAnyFetched() {
        return turns.stream().anyMatch(partition -> !partition.isFetchedToTheEnd());
    }

    private FileRecords ready() {
        int filesAhead = Math.min(OPEN_FILES_OF_A_PARTITION, Math.max(1, OPEN_FILES / Math.max(1, turns.size())));
        turns.forEach(partition -> partition.openAhead(filesAhead));
        FileRecords ready = new FileRecords();
        for (int i = turns.size(); i > 0 && !ready.full(); i--) {
            FilePartition partition = turns.poll();
            partition.emit(ready, filesAhead);
            if (partition.finished()) {
                partitions.remove(partition.split().splitId());
                ready.finish(partition.split().splitId());
            } else {
                turns.add(partition);
            }
        }
        return ready;
    }

    private void pauseAndResume() {
        List<KafkaPartitionSplit> pause = new ArrayList<>();
        List<KafkaPartitionSplit> resume = new ArrayList<>();
        for (FilePartition partition : turns) {
            if (partition.isFetchedToTheEnd()) {
                paused.remove(partition);
            } else if (partition.full() && paused.add(partition)) {
                pause.add(partition.split());
            } else if (partition.hasRoom() && paused.remove(partition)) {
                resume.add(partition.split());
            }
        }
        if (!pause.isEmpty() || !resume.isEmpty()) {
            kafka.pauseOrResumeSplits(pause, resume);
        }
    }

    private void take(RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetched) {
        glancedNanos = ticks.relativeTimeNanos();
        if (fetched == null) {
            return;
        }
        for (String split = fetched.nextSplit(); split != null; split = fetched.nextSplit()) {
            FilePartition partition = partitions.get(split);
            for (var record = fetched.nextRecordFromSplit(); record != null; record = fetched.nextRecordFromSplit()) {
                partition.add(record);
            }
        }
        fetched.finishedSplits().forEach(split -> partitions.get(split).fetchedToTheEnd());
        fetched.recycle();
    }

    @Override
    public void wakeUp() {
        wakeUps.wakeUp();
    }

    /** Closes everything, whatever fails. */
    @Override
    public void close() throws Exception {
        try (kafka;
                files;
                wakeUps) {
            turns.forEach(FilePartition::close);
        }
    }
}

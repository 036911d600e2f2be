package dev.weir.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A reader of Kafka's records that has them in lists. Waits for a wake-up if it has none to give, as a consumer does. */
final class FakeKafka implements SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> {
    private static final long WAIT_MILLIS = 10_000;

    private final int perFetch;
    private final Map<String, KafkaPartitionSplit> assigned = new LinkedHashMap<>();
    private final Map<String, Deque<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private boolean woken;
    private int waiting;
    private boolean closed;

    FakeKafka(int perFetch) {
        this.perFetch = perFetch;
    }

    synchronized void send(KafkaPartitionSplit split, ConsumerRecord<byte[], byte[]> record) {
        records.computeIfAbsent(split.splitId(), id -> new ArrayDeque<>()).add(record);
        notifyAll();
    }

    synchronized Set<String> paused() {
        return new HashSet<>(paused);
    }

    synchronized int unread(KafkaPartitionSplit split) {
        return records.getOrDefault(split.splitId(), new ArrayDeque<>()).size();
    }

    synchronized boolean isWaiting() {
        return waiting > 0;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() {
        long end = System.nanoTime() + WAIT_MILLIS * 1_000_000;
        waiting++;
        while (!woken && readable().isEmpty() && System.nanoTime() < end) {
            try {
                wait(WAIT_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        waiting--;
        var fetched = new RecordsBySplits.Builder<ConsumerRecord<byte[], byte[]>>();
        if (!woken) {
            int left = perFetch;
            for (KafkaPartitionSplit split : readable()) {
                var queue = records.getOrDefault(split.splitId(), new ArrayDeque<>());
                long stop = IdentifiedSplit.stop(split);
                while (left-- > 0 && !queue.isEmpty()) {
                    fetched.add(split.splitId(), queue.poll());
                }
                if (stop >= 0 && queue.isEmpty()) {
                    fetched.addFinishedSplit(split.splitId());
                    assigned.remove(split.splitId());
                }
            }
        }
        woken = false;
        return fetched.build();
    }

    /** The splits with records, or with an end. */
    private List<KafkaPartitionSplit> readable() {
        return new ArrayList<>(assigned.values().stream()
                .filter(split -> !paused.contains(split.splitId()))
                .filter(split -> unread(split) > 0 || IdentifiedSplit.stop(split) >= 0)
                .toList());
    }

    @Override
    public synchronized void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
        change.splits().forEach(split -> assigned.put(split.splitId(), split));
    }

    @Override
    public synchronized void wakeUp() {
        woken = true;
        notifyAll();
    }

    @Override
    public synchronized void pauseOrResumeSplits(
            Collection<KafkaPartitionSplit> pause, Collection<KafkaPartitionSplit> resume) {
        pause.forEach(split -> paused.add(split.splitId()));
        resume.forEach(split -> paused.remove(split.splitId()));
    }

    @Override
    public void close() {
        closed = true;
    }
}

package dev.weir.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One fetch of rows and outcomes of files, in the order of each partition. */
final class FileRecords implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {
    /** As many as a fetch of plain records has, so that the threads change as seldom. */
    private static final int ROWS = 5_000;

    private static final long BYTES = 1 << 20;

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> bySplit = new LinkedHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private int rows;
    private long bytes;

    private Iterator<Map.Entry<String, List<ConsumerRecord<byte[], byte[]>>>> splits;
    private Iterator<ConsumerRecord<byte[], byte[]>> records;
    private FileRow row;

    /** Returns whether nothing more should be added. */
    boolean full() {
        return rows >= ROWS || bytes >= BYTES;
    }

    boolean isEmpty() {
        return bySplit.isEmpty() && finished.isEmpty();
    }

    void add(String split, ConsumerRecord<byte[], byte[]> record) {
        rows++;
        bytes += record.value() == null ? 0 : record.value().length;
        append(split, record);
    }

    void add(String split, FileRow first, List<byte[]> values) {
        rows += values.size();
        for (byte[] value : values) {
            bytes += value.length;
        }
        append(split, first);
    }

    private void append(String split, ConsumerRecord<byte[], byte[]> record) {
        bySplit.computeIfAbsent(split, name -> new ArrayList<>()).add(record);
    }

    /** Notes that nothing follows of the split. */
    void finish(String split) {
        finished.add(split);
    }

    @Override
    public String nextSplit() {
        if (splits == null) {
            splits = bySplit.entrySet().iterator();
        }
        if (!splits.hasNext()) {
            return null;
        }
        Map.Entry<String, List<ConsumerRecord<byte[], byte[]>>> next = splits.next();
        records = next.getValue().iterator();
        return next.getKey();
    }

    /** Returns the next record, which is valid until the next call. */
    @Override
    public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
        while (row == null || !row.next()) {
            row = null;
            if (!records.hasNext()) {
                return null;
            }
            ConsumerRecord<byte[], byte[]> next = records.next();
            if (!(next instanceof FileRow rowsOfAFile)) {
                return next;
            }
            row = rowsOfAFile;
        }
        return row;
    }

    @Override
    public Set<String> finishedSplits() {
        return finished;
    }
}

package dev.weir.sink.lake;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes rows into one file per partition, with a bound on the number of open files.
 *
 * <p>When the bound is reached, the file that was written to least recently is completed. It waits for the next
 * checkpoint, and a later row of its partition begins another file. A checkpoint completes all files, so the writer
 * needs no state.
 */
final class LakeWriter<T> implements CommittingSinkWriter<T, LakeFile> {
    private final Path directory;
    private final RecoverableWriter writer;
    private final ParquetFiles<T> files;
    private final Function<T, String> partitioner;
    private final int maxOpenFiles;
    private final LakeMetrics.Writer metrics;

    /** Random, so that no two writers or execution attempts ever give two files the same name. */
    private final String id = UUID.randomUUID().toString();

    /** By partition, least recently written first. */
    private final Map<String, OpenFile<T>> open = new LinkedHashMap<>(16, 0.75f, true);

    /** The partition of the last row and its file. Most rows are of the same day as the row before. */
    private String lastPartition;

    private OpenFile<T> lastFile;

    /** Files that were completed since the last checkpoint. */
    private final List<LakeFile> completed = new ArrayList<>();

    private long filesOpened;

    LakeWriter(
            LakeTable<T> table,
            Path directory,
            RecoverableWriter writer,
            ParquetFiles<T> files,
            int maxOpenFiles,
            LakeMetrics.Writer metrics) {
        this.directory = directory;
        this.writer = writer;
        this.files = files;
        this.partitioner = table.partitioner();
        this.maxOpenFiles = maxOpenFiles;
        this.metrics = metrics;
    }

    static <T> LakeWriter<T> create(LakeTable<T> table, Path directory, WeirConfig.Lake lake, MetricGroup group)
            throws IOException {
        Path qualified = LakeFileSystems.qualified(directory);
        RecoverableWriter writer = LakeFileSystems.recoverableWriter(qualified);
        ParquetFiles<T> files = new ParquetFiles<>(table, lake.compression(), lake.maxOpenFiles());
        return new LakeWriter<>(
                table, qualified, writer, files, lake.maxOpenFiles(), new LakeMetrics.Writer(group, qualified));
    }

    /**
     * Writes the row into its partition's file.
     *
     * @throws IOException if the file system fails; the job then restarts from its last checkpoint
     */
    @Override
    public void write(T row, Context context) throws IOException {
        String partition = partitioner.apply(row);
        if (!partition.equals(lastPartition)) { // Both are the same object if the day is the same.
            OpenFile<T> file = open.get(partition);
            lastFile = file == null ? openFile(partition) : file;
            lastPartition = partition;
        }
        lastFile.write(row);
    }

    private OpenFile<T> openFile(String partition) throws IOException {
        if (open.size() >= maxOpenFiles) {
            completeLeastRecentlyWritten();
        }
        Path path = new Path(new Path(directory, partition), "part-" + id + "-" + filesOpened++ + ".parquet");
        OpenFile<T> file = OpenFile.create(path, writer, files);
        open.put(partition, file);
        metrics.opened(open.size());
        return file;
    }

    private void completeLeastRecentlyWritten() throws IOException {
        Iterator<OpenFile<T>> eldestFirst = open.values().iterator();
        OpenFile<T> eldest = eldestFirst.next();
        eldestFirst.remove();
        complete(eldest);
        metrics.closedEarly();
    }

    private void complete(OpenFile<T> file) throws IOException {
        lastPartition = null; // The completed file may be the last row's.
        LakeFile done = file.closeForCommit();
        completed.add(done);
        metrics.completed(done.bytes());
    }

    /** Does nothing: {@link #prepareCommit} always follows, and makes files of the rows. */
    @Override
    public void flush(boolean endOfInput) {}

    /** Completes every file; no file is open afterwards. */
    @Override
    public Collection<LakeFile> prepareCommit() throws IOException {
        Iterator<OpenFile<T>> remaining = open.values().iterator();
        while (remaining.hasNext()) {
            OpenFile<T> file = remaining.next();
            remaining.remove();
            complete(file);
        }
        List<LakeFile> committables = List.copyOf(completed);
        completed.clear();
        metrics.handedOver();
        return committables;
    }

    /** Discards the files that no checkpoint holds. The job writes their rows again after its restart. */
    @Override
    public void close() {
        open.values().forEach(OpenFile::discard);
        open.clear();
        files.close();
    }

    int openFiles() {
        return open.size();
    }
}

package dev.weir.source;

import dev.weir.files.FileStamp;
import dev.weir.files.ResumeAt;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Tracks the position in a split whose records announce files: the announcement, the file in it, the row in that, and the files that were
 * read to their end. Belongs to the task's thread.
 */
final class FileSplitState extends IdentifiedSplitState {
    private final Remembered remembered;
    /** Offset of the announcement to which the fields below belong. They mean nothing once the position is another one. */
    private long announcement;

    private int file;
    private long rows;
    private long size;
    private long modifiedMillis;

    FileSplitState(KafkaPartitionSplit split) {
        super(split);
        FileProgress progress = IdentifiedSplit.progress(split);
        // The split's own entries belong to the fetcher's thread from now on.
        remembered = progress == null ? new Remembered() : progress.remembered().copy();
        at(split.getStartingOffset(), progress == null ? 0 : progress.file());
        if (progress != null) {
            rows = progress.resume().rows();
            size = progress.resume().size();
            modifiedMillis = progress.resume().modifiedMillis();
        }
    }

    /** Moves the position behind a row that was emitted. */
    void emitted(FileRow row) {
        FileStamp stamp = row.stamp();
        announcement = row.offset();
        setCurrentOffset(announcement);
        file = row.file();
        rows = row.number();
        size = stamp.size();
        modifiedMillis = stamp.modifiedMillis();
    }

    /** Moves the position behind a file whose outcome was emitted, and remembers the file if it was read. */
    void emitted(FileEnd end) {
        if (end.read() != null) {
            remembered.add(end.read(), end.timestamp(), end.rememberMillis());
        }
        long next = end.last() ? end.offset() + 1 : end.offset();
        setCurrentOffset(next);
        at(next, end.last() ? 0 : end.file() + 1);
    }

    private void at(long offset, int index) {
        announcement = offset;
        file = index;
        rows = ResumeAt.START.rows();
        size = ResumeAt.START.size();
        modifiedMillis = ResumeAt.START.modifiedMillis();
    }

    /** Returns the split from the position on. It shares the remembered files, so it is to be serialized before the position moves. */
    @Override
    public KafkaPartitionSplit toKafkaPartitionSplit() {
        FileProgress progress = getCurrentOffset() == announcement
                ? new FileProgress(file, new ResumeAt(rows, size, modifiedMillis), remembered)
                : FileProgress.between(remembered);
        return IdentifiedSplit.of(super.toKafkaPartitionSplit(), progress);
    }
}

package dev.weir.source;

import dev.weir.core.model.FileHead;
import dev.weir.files.FileStamp;
import dev.weir.files.Rows;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A row of a file; its value is the row. One object stands for one row after another, so that a row costs no record. */
final class FileRow extends FileRecord {
    private final Rows rows;
    private final FileStamp stamp;
    private int next;

    FileRow(ConsumerRecord<byte[], byte[]> announcement, int file, String uri, Rows rows, FileStamp stamp) {
        super(announcement, file, uri);
        this.rows = rows;
        this.stamp = stamp;
    }

    /** Moves to the next row, at first to the first one; false if there is none. */
    boolean next() {
        if (next == rows.rows().size()) {
            return false;
        }
        next++;
        return true;
    }

    @Override
    public byte[] value() {
        return rows.rows().get(next - 1);
    }

    /** Returns the row's number in the file, 1 for the first data row. */
    long number() {
        return rows.first() + next - 1;
    }

    List<byte[]> values() {
        return rows.rows();
    }

    FileHead head() {
        return rows.head();
    }

    /** Returns the file as it was opened. */
    FileStamp stamp() {
        return stamp;
    }
}

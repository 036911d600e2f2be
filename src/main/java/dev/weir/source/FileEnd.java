package dev.weir.source;

import dev.weir.core.model.FileOutcome;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The outcome of an announced file, behind its rows; its value is the announcement. */
final class FileEnd extends FileRecord {
    private final boolean last;
    private final FileOutcome outcome;
    private final FileIdentity read;
    private final long rememberMillis;

    /**
     * Creates the record.
     *
     * @param last whether the announcement names no further file
     * @param read the file to remember because it was read to its end; null for none
     * @param rememberMillis how long to remember files
     */
    FileEnd(
            ConsumerRecord<byte[], byte[]> announcement,
            int file,
            boolean last,
            FileOutcome outcome,
            FileIdentity read,
            long rememberMillis) {
        super(announcement, file, outcome.uri());
        this.last = last;
        this.outcome = outcome;
        this.read = read;
        this.rememberMillis = rememberMillis;
    }

    boolean last() {
        return last;
    }

    FileOutcome outcome() {
        return outcome;
    }

    FileIdentity read() {
        return read;
    }

    long rememberMillis() {
        return rememberMillis;
    }
}

package dev.weir.source;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.FileOutcome;
import dev.weir.files.AnnouncedFile;
import dev.weir.files.FileReader;
import dev.weir.files.FileStamp;
import dev.weir.files.ResumeAt;
import dev.weir.files.Rows;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One file of an announcement, from when it may be opened until its outcome is emitted.
 *
 * <p>Whether it repeats an earlier file is decided when its turn comes, because only then all files before it are finished. A file with an
 * announced version need not be opened for that. The version of another one is known when it is open, and its rows are dropped if it
 * repeats one.
 */
final class FileInTurn implements AutoCloseable {
    private final ConsumerRecord<byte[], byte[]> announcement;
    private final int index;
    private final boolean last;
    private final AnnouncedFile file;
    private final ResumeAt resume;
    /** Null as long as the version is not known. */
    private FileIdentity identity;

    private FileReader.Handle handle;
    private boolean accepted;

    /**
     * Creates the file, not opened.
     *
     * @param index of the file in the announcement
     * @param last whether it is the announcement's last one
     * @param resume where to begin; some rows of a file of which the state has emitted rows are left out
     */
    FileInTurn(
            ConsumerRecord<byte[], byte[]> announcement, int index, boolean last, AnnouncedFile file, ResumeAt resume) {
        this.announcement = announcement;
        this.index = index;
        this.last = last;
        this.file = file;
        this.resume = resume;
        this.identity = file.version() == null ? null : FileIdentity.of(file.uri(), file.version());
        // What has rows in the state was not a repetition when it began.
        this.accepted = resume.rows() > 0 || !file.created();
    }

    ConsumerRecord<byte[], byte[]> announcement() {
        return announcement;
    }

    /** Returns the file, or null if it is not known yet which version it is. */
    FileIdentity identity() {
        return identity;
    }

    /** Begins to read the file ahead, unless that is done. */
    void open(Input input, FileOpener opener) {
        if (handle == null) {
            handle = opener.open(input, file, resume);
        }
    }

    /**
     * Returns the next rows, or the outcome; null if there is nothing yet. The file is open, or known to repeat another one.
     *
     * @param remembered the files before this one
     */
    FileRecord next(Remembered remembered, long rememberMillis, Clock clock) {
        if (repeats(remembered, rememberMillis)) {
            return repeated(rememberMillis, clock);
        }
        Rows rows = handle.poll();
        if (rows == null) {
            return null;
        }
        FileStamp stamp = handle.stamp();
        if (stamp != null && identity == null) {
            identity = FileIdentity.of(file.uri(), stamp.version());
            if (repeats(remembered, rememberMillis)) {
                return repeated(rememberMillis, clock);
            }
        }
        accepted = true;
        if (rows.end() == null) {
            return new FileRow(announcement, index, file.uri(), rows, stamp);
        }
        boolean read = rows.end().kind() == FileOutcome.Kind.READ;
        return new FileEnd(announcement, index, last, rows.end(), read ? identity : null, rememberMillis);
    }

    /** Returns whether the file is known to repeat one of those; false if its version is not known, or its rows are being emitted. */
    boolean repeats(Remembered remembered, long rememberMillis) {
        return !accepted && identity != null && remembered.contains(identity, announcement.timestamp(), rememberMillis);
    }

    private FileEnd repeated(long rememberMillis, Clock clock) {
        FileStamp stamp = handle == null ? null : handle.stamp();
        String version = stamp == null ? file.version() : stamp.version();
        FileOutcome outcome = new FileOutcome(
                FileOutcome.Kind.REPEATED,
                null,
                file.uri(),
                version,
                stamp == null ? 0 : stamp.size(),
                0,
                clock.millis());
        return new FileEnd(announcement, index, last, outcome, null, rememberMillis);
    }

    @Override
    public void close() {
        if (handle != null) {
            handle.close();
        }
    }
}

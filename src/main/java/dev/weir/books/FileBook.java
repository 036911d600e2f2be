package dev.weir.books;

import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reject;
import dev.weir.postgres.StoredText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up what the intakes counted of each announced file, and keeps the finished ones until they are written to {@code weir_files}.
 *
 * <p>A file may be read by several subtasks, one after the other, and over several checkpoints and restarts; its counts are in the state of
 * the books, which belongs to the same checkpoints as the position in the file. A finished file stays in the state until the database has
 * acknowledged it, and is written again after a failure in between. Its values do not change then, so it is written once in effect.
 *
 * <p>Finished files have consecutive numbers, beginning with 0 in each attempt. Not thread-safe.
 */
final class FileBook {
    private static final int MAX_DETAIL_BYTES = 1024;

    private final boolean written;
    private final FileFormat format = new FileFormat();
    /** The file that is open in each partition: files of a partition come one after the other. */
    private final Map<Partition, OpenFile> open = new HashMap<>();

    private final ArrayDeque<FinishedFile> finished = new ArrayDeque<>();
    /** The number of the first finished file that is kept. */
    private long first;
    /** The end of the files that were handed to the ledger: the number of the next one. */
    private long submitted;

    private long submittedBytes;
    private long differing;

    private record Partition(String topic, int partition) {}

    /** @param written whether there is a table; otherwise finished files are forgotten */
    FileBook(boolean written) {
        this.written = written;
    }

    void add(FileCount part) {
        Partition partition = new Partition(part.topic(), part.partition());
        OpenFile before = open.get(partition);
        boolean goesOn = before != null && before.offset() == part.offset();
        long rows = part.rows() + (goesOn ? before.rows() : 0);
        long rejected = part.rowsRejected() + (goesOn ? before.rowsRejected() : 0);
        if (part.outcome() == null) {
            open.put(partition, new OpenFile(part.topic(), part.partition(), part.offset(), rows, rejected));
        } else {
            open.remove(partition);
            finish(part, rows, rejected);
        }
    }

    private void finish(FileCount part, long rows, long rejected) {
        FileOutcome outcome = part.outcome();
        differing += Math.abs(outcome.rows() - rows);
        if (!written) {
            return;
        }
        Reject reject = outcome.reject();
        String detail =
                reject == null ? "" : reject.reason() + (reject.detail().isEmpty() ? "" : ": " + reject.detail());
        String version = outcome.version() == null ? "" : outcome.version();
        finished.add(new FinishedFile(
                StoredText.of(outcome.uri(), StoredText.MAX_URI_BYTES),
                StoredText.of(version, StoredText.MAX_VERSION_BYTES),
                outcome.kind() == FileOutcome.Kind.READ,
                outcome.bytes(),
                rows,
                rejected,
                StoredText.of(detail, MAX_DETAIL_BYTES),
                part.announcedMillis(),
                outcome.readAtMillis()));
    }

    /** Returns the end of the finished files: the number of the next one. */
    long end() {
        return first + finished.size();
    }

    /** Returns the finished files that were not submitted before, up to {@code end}, and marks them as submitted. */
    List<FinishedFile> submit(long end) {
        List<FinishedFile> files = new ArrayList<>();
        long number = first;
        for (FinishedFile file : finished) {
            if (number >= submitted && number < end) {
                files.add(file);
                submittedBytes += file.heapBytes();
            }
            number++;
        }
        submitted = Math.max(submitted, end);
        return files;
    }

    /** Forgets the files before {@code end}, because they are written. */
    void forget(long end) {
        while (first < end) {
            submittedBytes -= finished.remove().heapBytes();
            first++;
        }
    }

    /** Returns about how many bytes the files take that are submitted and not forgotten. */
    long submittedBytes() {
        return submittedBytes;
    }

    /**
     * Returns by how many rows the counts of the files that were finished in this attempt differ from what the source has emitted; 0 unless
     * Weir has a fault.
     */
    long differing() {
        return differing;
    }

    List<byte[]> snapshot() throws IOException {
        List<byte[]> stored = new ArrayList<>(open.size() + finished.size());
        for (OpenFile file : open.values()) {
            stored.add(format.bytes(file));
        }
        for (FinishedFile file : finished) {
            stored.add(format.bytes(file));
        }
        return stored;
    }

    void restore(Iterable<byte[]> stored) throws IOException {
        for (byte[] bytes : stored) {
            Object file = FileFormat.read(bytes);
            if (file instanceof OpenFile one) {
                open.put(new Partition(one.topic(), one.partition()), one);
            } else if (written) {
                finished.add((FinishedFile) file);
            }
        }
    }
}

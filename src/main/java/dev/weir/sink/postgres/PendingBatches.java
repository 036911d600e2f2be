package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which rows may be committed, and when.
 *
 * <p><b>Idea.</b> A row may become visible only after its checkpoint has completed, because a job that fails before would produce it again.
 * The rows are therefore kept here and in each snapshot, and committed afterwards. This is the commit phase of a two-phase commit whose
 * prepared transaction is Flink's own checkpoint, so the database holds no open transaction in between.
 *
 * <p><b>Invariant.</b> A row moves through five stages: the open epoch, sealed (at the snapshot of a checkpoint), eligible (once that
 * checkpoint or a later one has completed), in flight, and acknowledged. Every snapshot contains all rows that are sealed, eligible or in
 * flight; the open epoch is empty then. At most one work is in flight.
 *
 * <p><b>Cost.</b> A restart commits again the rows that were in flight or were not acknowledged; the guard makes that harmless.
 * Single-threaded: used by the task's thread.
 */
final class PendingBatches {
    private final EpochBuffer open;
    private final TreeMap<Long, List<SortedRows>> sealed = new TreeMap<>();
    private final Deque<SortedRows> eligible = new ArrayDeque<>();
    private Work inFlight;
    private long sealedBytes;
    private long eligibleBytes;

    PendingBatches(EpochBuffer open) {
        this.open = open;
    }

    /**
     * The content of one commit: one or more batches, merged by key. It remembers how many rows are committed, so that the next attempt
     * continues there. The sorted rows are immutable, so their order is always the same. Only the committing thread uses the progress.
     */
    static final class Work {
        private final List<SortedRows> sorted;
        private long committedRows;

        Work(List<SortedRows> sorted) {
            this.sorted = sorted;
        }

        /** Returns the rows that are not known to be committed. */
        RowStream rows() throws IOException {
            RowStream rows = new MergedRows(sorted);
            try {
                for (long skipped = 0; skipped < committedRows; skipped++) {
                    rows.next();
                }
                return rows;
            } catch (IOException | RuntimeException e) {
                rows.close();
                throw e;
            }
        }

        /** Records that the next rows are in the database. */
        void committed(int rows) {
            committedRows += rows;
        }

        /** Returns the number of rows that all attempts have committed. */
        long committedRows() {
            return committedRows;
        }
    }

    /** Adds a row to the open epoch. */
    void add(Aggregate row) throws IOException {
        open.add(row);
    }

    /** Seals the open epoch. Its rows wait for this checkpoint or, if it fails, for a later one. */
    void seal(long checkpointId) throws IOException {
        List<SortedRows> sorted = open.seal();
        if (!sorted.isEmpty()) {
            sealed.computeIfAbsent(checkpointId, id -> new ArrayList<>()).addAll(sorted);
            sealedBytes += bytes(sorted);
        }
    }

    /** Makes the batches eligible that were sealed up to and including this checkpoint. */
    void complete(long checkpointId) {
        Map<Long, List<SortedRows>> complete = sealed.headMap(checkpointId, true);
        for (List<SortedRows> sorted : complete.values()) {
            eligible.addAll(sorted);
            sealedBytes -= bytes(sorted);
            eligibleBytes += bytes(sorted);
        }
        complete.clear();
    }

    /** Returns the next work, which is all that is eligible; null if there is nothing, or while another work is in flight. */
    Work take() {
        if (inFlight != null || eligible.isEmpty()) {
            return null;
        }
        inFlight = new Work(List.copyOf(eligible));
        eligible.clear();
        return inFlight;
    }

    /** Removes a committed work. Does nothing if the work is not in flight any more. */
    @SuppressWarnings("ReferenceEquality")
    void acknowledge(Work work) {
        if (work != inFlight) {
            return;
        }
        for (SortedRows one : inFlight.sorted) {
            eligibleBytes -= one.bytes();
            one.delete();
        }
        inFlight = null;
    }

    /** Returns whether everything that may be committed is. */
    boolean isDrained() {
        return inFlight == null && eligible.isEmpty();
    }

    /** Returns the rows for a snapshot: all that are sealed and not acknowledged, including those in flight. */
    List<SortedRows> unacknowledged() {
        List<SortedRows> all = new ArrayList<>();
        if (inFlight != null) {
            all.addAll(inFlight.sorted);
        }
        all.addAll(eligible);
        sealed.values().forEach(all::addAll);
        return all;
    }

    /** Returns the bytes that only the database can release, including those in flight. They cause backpressure. */
    long eligibleBytes() {
        return eligibleBytes;
    }

    /** Returns the bytes of all rows that are not in the database: open, sealed and eligible. */
    long bytes() {
        return open.bytes() + sealedBytes + eligibleBytes;
    }

    private static long bytes(List<SortedRows> sorted) {
        return sorted.stream().mapToLong(SortedRows::bytes).sum();
    }
}

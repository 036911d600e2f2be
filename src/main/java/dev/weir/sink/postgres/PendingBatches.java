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
 * Decides what may be committed, and when. A row goes from the open epoch to a sealed batch (at the snapshot of a checkpoint), is eligible
 * (once that checkpoint, or a later one, is complete), in flight, and gone (acknowledged). All but the open epoch belongs into every
 * snapshot. Single-threaded: the task's thread.
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
     * What one commit writes: batches that have been behind, merged by key. It remembers how far the commit has come, so that the next
     * attempt goes on there: its sorted rows never change, and so their order does not. Only the committing thread touches the progress.
     */
    static final class Work {
        private final List<SortedRows> sorted;
        private long committedRows;

        Work(List<SortedRows> sorted) {
            this.sorted = sorted;
        }

        /** The rows that are not known to be committed. */
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

        /** The next so many rows are in the database. */
        void committed(int rows) {
            committedRows += rows;
        }

        /** Rows that are in the database, of all attempts. */
        long committedRows() {
            return committedRows;
        }
    }

    /** The row belongs to the open epoch. */
    void add(Aggregate row) throws IOException {
        open.add(row);
    }

    /** The open epoch is closed: its rows wait for this checkpoint or, should it fail, for a later one. */
    void seal(long checkpointId) throws IOException {
        List<SortedRows> sorted = open.seal();
        if (!sorted.isEmpty()) {
            sealed.computeIfAbsent(checkpointId, id -> new ArrayList<>()).addAll(sorted);
            sealedBytes += bytes(sorted);
        }
    }

    /** What is sealed up to and including this checkpoint may be committed. */
    void complete(long checkpointId) {
        Map<Long, List<SortedRows>> complete = sealed.headMap(checkpointId, true);
        for (List<SortedRows> sorted : complete.values()) {
            eligible.addAll(sorted);
            sealedBytes -= bytes(sorted);
            eligibleBytes += bytes(sorted);
        }
        complete.clear();
    }

    /** The next commit, which is all that is eligible; null if there is nothing, or while one is in flight. */
    Work take() {
        if (inFlight != null || eligible.isEmpty()) {
            return null;
        }
        inFlight = new Work(List.copyOf(eligible));
        eligible.clear();
        return inFlight;
    }

    /** The work is in the database. Does nothing for one that is not in flight any more. */
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

    /** Whether everything that may be committed is. */
    boolean isDrained() {
        return inFlight == null && eligible.isEmpty();
    }

    /** What a snapshot must hold: everything sealed and not acknowledged, in flight included. */
    List<SortedRows> unacknowledged() {
        List<SortedRows> all = new ArrayList<>();
        if (inFlight != null) {
            all.addAll(inFlight.sorted);
        }
        all.addAll(eligible);
        sealed.values().forEach(all::addAll);
        return all;
    }

    /** Bytes that only the database can release, in flight included: what backpressure is about. */
    long eligibleBytes() {
        return eligibleBytes;
    }

    /** Bytes of all rows that are not in the database: open, sealed and eligible. */
    long bytes() {
        return open.bytes() + sealedBytes + eligibleBytes;
    }

    private static long bytes(List<SortedRows> sorted) {
        return sorted.stream().mapToLong(SortedRows::bytes).sum();
    }
}

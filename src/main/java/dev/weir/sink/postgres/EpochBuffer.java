package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the open epoch, encoded as they come. Several revisions of a row stay in the buffer until it exceeds its heap budget or the
 * epoch is sealed. Then only the greatest row of each key is kept. If that frees half of the budget, the buffer continues without a file,
 * however long the epoch is. Otherwise all its rows are sorted and set aside.
 */
final class EpochBuffer {
    private final SortedRowsStore store;
    private final long budgetBytes;
    private EncodedRows rows = new EncodedRows();
    private final List<SortedRows> aside = new ArrayList<>();
    private long asideBytes;

    EpochBuffer(SortedRowsStore store, long budgetBytes) {
        this.store = store;
        this.budgetBytes = budgetBytes;
    }

    void add(Aggregate row) throws IOException {
        rows.add(row);
        if (rows.bytes() > budgetBytes) {
            makeRoom();
        }
    }

    /** Returns all rows since the last call, sorted, and empties the buffer. */
    List<SortedRows> seal() throws IOException {
        if (rows.count() > 0) {
            putAside(KeySort.standing(rows));
        }
        List<SortedRows> sealed = List.copyOf(aside);
        aside.clear();
        asideBytes = 0;
        return sealed;
    }

    /** Returns the bytes of all rows, on the heap and set aside. */
    long bytes() {
        return rows.bytes() + asideBytes;
    }

    private void makeRoom() throws IOException {
        int[] standing = KeySort.standing(rows);
        if (rows.bytes(standing) <= budgetBytes / 2) {
            rows = rows.only(standing);
        } else {
            putAside(standing);
        }
    }

    private void putAside(int[] standing) throws IOException {
        SortedRows sorted = store.write(rows, standing);
        aside.add(sorted);
        asideBytes += sorted.bytes();
        rows.clear();
    }
}

package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the open epoch, encoded as they come. A row that is corrected again and again is there again and again, until the buffer
 * exceeds a budget of heap or the epoch is sealed: only then rows of one key become one. If half of the budget is free then, it goes on
 * without a file, however long the epoch; else all its rows are put aside, sorted.
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

    /** Returns everything since the last call, sorted; the buffer is empty afterwards. */
    List<SortedRows> seal() throws IOException {
        if (rows.count() > 0) {
            putAside(KeySort.standing(rows));
        }
        List<SortedRows> sealed = List.copyOf(aside);
        aside.clear();
        asideBytes = 0;
        return sealed;
    }

    /** Bytes that the rows take, on the heap and put aside. */
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

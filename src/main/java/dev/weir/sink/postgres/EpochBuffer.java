package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the open epoch, encoded as they come; beyond a budget of heap they are put aside as a sorted run. Only then, and when the
 * epoch is sealed, rows of one key become one: until then a row that is corrected again and again is there again and again.
 */
final class EpochBuffer {
    private final RunStore store;
    private final long budgetBytes;
    private final EncodedRows rows = new EncodedRows();
    private final List<Run> aside = new ArrayList<>();
    private long asideBytes;

    EpochBuffer(RunStore store, long budgetBytes) {
        this.store = store;
        this.budgetBytes = budgetBytes;
    }

    void add(Aggregate row) throws IOException {
        rows.add(row);
        if (rows.bytes() > budgetBytes) {
            putAside();
        }
    }

    /** Everything since the last call, as runs; the buffer is empty afterwards. */
    List<Run> seal() throws IOException {
        if (rows.count() > 0) {
            putAside();
        }
        List<Run> sealed = List.copyOf(aside);
        aside.clear();
        asideBytes = 0;
        return sealed;
    }

    /** Bytes that the rows take, on the heap and put aside. */
    long bytes() {
        return rows.bytes() + asideBytes;
    }

    private void putAside() throws IOException {
        Run run = store.write(rows, KeySort.standing(rows));
        aside.add(run);
        asideBytes += run.bytes();
        rows.clear();
    }
}

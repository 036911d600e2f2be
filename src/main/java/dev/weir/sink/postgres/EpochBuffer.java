package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of the open epoch, of each key the greatest; beyond a budget of heap they are put aside as a sorted run. */
final class EpochBuffer {
    /** A row, its two keys and its map entry on a 64-bit heap with compressed references, without the letters of its texts. */
    private static final long ROW_BYTES = 320;

    private final RunStore store;
    private final long budgetBytes;
    private final Map<RowKey, Aggregate> rows = new HashMap<>();
    private final List<Run> aside = new ArrayList<>();
    private long heapBytes;
    private long asideBytes;

    EpochBuffer(RunStore store, long budgetBytes) {
        this.store = store;
        this.budgetBytes = budgetBytes;
    }

    void add(Aggregate row) throws IOException {
        int before = rows.size();
        rows.merge(RowKey.of(row), row, AggregateOrder::greater);
        if (rows.size() > before) {
            heapBytes += estimate(row);
        }
        if (heapBytes > budgetBytes) {
            putAside();
        }
    }

    /** Everything since the last call, as runs; the buffer is empty afterwards. */
    List<Run> seal() throws IOException {
        if (!rows.isEmpty()) {
            putAside();
        }
        List<Run> sealed = List.copyOf(aside);
        aside.clear();
        asideBytes = 0;
        return sealed;
    }

    /** Bytes that the rows take, on the heap (estimated) and put aside. */
    long bytes() {
        return heapBytes + asideBytes;
    }

    private static long estimate(Aggregate row) {
        return ROW_BYTES
                + row.series().sensorId().length()
                + row.series().metric().length()
                + (row.site() == null ? 0 : row.site().length())
                + (row.unit() == null ? 0 : row.unit().length());
    }

    private void putAside() throws IOException {
        Run run = store.write(KeySort.sorted(rows.values()));
        aside.add(run);
        asideBytes += run.bytes();
        rows.clear();
        heapBytes = 0;
    }
}

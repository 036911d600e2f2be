package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PendingBatchesPropertyTest {

    /**
     * Any sequence of adds, snapshots, completions, commits, lost acknowledgements and crashes: the database never
     * holds a row of an incomplete checkpoint, and in the end the greatest row of each key that a complete one covers.
     */
    @Property(tries = 500)
    void whateverHappensTheTableIsWhatTheCompleteCheckpointsHold(@ForAll long seed, @ForAll boolean tiny)
            throws IOException {
        Random random = new Random(seed);
        Path local = Files.createTempDirectory("weir-pending");
        Model model = new Model(local, tiny ? PendingBatchesTest.TINY : PendingBatchesTest.ROOMY);
        for (int step = 0; step < 60; step++) {
            model.step(random);
        }
        model.store.close();
        try (var left = Files.list(local)) {
            assertThat(left).isEmpty();
        }
        Files.delete(local);
    }

    private static final class Model {
        private final Path local;
        private final long budget;
        private final Map<RowKey, Aggregate> database = new HashMap<>();
        private final Map<Long, List<Aggregate>> snapshots = new HashMap<>();
        private final Map<Long, Map<RowKey, Aggregate>> input = new HashMap<>();
        private Map<RowKey, Aggregate> sent = new HashMap<>();
        private SortedRowsStore store;
        private PendingBatches pending;
        private PendingBatches.Work work;
        private long checkpoint;
        private long complete;

        Model(Path local, long budget) {
            this.local = local;
            this.budget = budget;
            fresh();
        }

        void step(Random random) throws IOException {
            switch (random.nextInt(8)) {
                case 0, 1, 2 ->
                    add(Rows.row(
                            "s" + random.nextInt(4),
                            1 + random.nextInt(2),
                            random.nextBoolean(),
                            1 + random.nextInt(5)));
                case 3 -> snapshot();
                case 4 -> complete(random);
                case 5 -> commit(random.nextBoolean());
                case 6 -> work = work == null ? pending.take() : work;
                default -> {
                    if (random.nextInt(4) == 0) {
                        crash();
                    }
                }
            }
            Map<RowKey, Aggregate> promised = input.getOrDefault(complete, Map.of());
            database.forEach((key, row) -> assertThat(AggregateOrder.GUARD.compare(row, promised.get(key)))
                    .isLessThanOrEqualTo(0));
            if (pending.isDrained()) {
                assertThat(database).isEqualTo(promised);
            }
        }

        private void add(Aggregate row) throws IOException {
            pending.add(row);
            sent.merge(RowKey.of(row), row, AggregateOrder::greater);
        }

        private void snapshot() throws IOException {
            pending.seal(++checkpoint);
            snapshots.put(checkpoint, PendingBatchesTest.rows(new PendingBatches.Work(pending.unacknowledged())));
            input.put(checkpoint, Map.copyOf(sent));
        }

        private void complete(Random random) {
            if (checkpoint > complete) {
                complete += 1 + random.nextInt((int) (checkpoint - complete));
                pending.complete(complete);
            }
        }

        private void commit(boolean acknowledged) throws IOException {
            work = work == null ? pending.take() : work;
            if (work != null) {
                for (Aggregate row : PendingBatchesTest.rows(work)) {
                    database.merge(RowKey.of(row), row, AggregateOrder::greater);
                }
                if (acknowledged) {
                    pending.acknowledge(work);
                    work = null;
                }
            }
        }

        private void crash() throws IOException {
            store.close();
            fresh();
            work = null;
            for (Aggregate row : snapshots.getOrDefault(complete, List.of())) {
                pending.add(row);
            }
            pending.seal(Long.MIN_VALUE);
            pending.complete(Long.MIN_VALUE);
            sent = new HashMap<>(input.getOrDefault(complete, Map.of()));
            checkpoint = complete;
        }

        private void fresh() {
            store = new SortedRowsStore(local, budget);
            pending = new PendingBatches(new EpochBuffer(store, budget));
        }
    }
}

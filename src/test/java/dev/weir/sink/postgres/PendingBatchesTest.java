package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingBatchesTest {
    private static final long ROOMY = 1 << 20;
    private static final long TINY = 400;

    @TempDir
    Path directory;

    private SortedRowsStore store;
    private PendingBatches pending;

    @AfterEach
    void closeTheStore() throws IOException {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void rowsAreEligibleOnceTheirCheckpointIsComplete() throws IOException {
        with(ROOMY);
        pending.add(Rows.row("a", 1, false, 1));
        assertThat(pending.take()).isNull();
        pending.seal(1);
        assertThat(pending.take()).isNull();
        pending.add(Rows.row("b", 1, false, 1));

        pending.complete(1);

        assertThat(sensors(pending.take())).containsExactly("a");
    }

    @Test
    void countsTheBytesOfEachStage() throws IOException {
        with(ROOMY);
        pending.add(Rows.row("a", 1, false, 1));
        long open = pending.bytes();
        assertThat(open).isPositive();
        pending.seal(1);
        long sealed = pending.bytes();
        assertThat(sealed).isPositive();
        assertThat(pending.eligibleBytes()).isZero();
        pending.complete(1);
        assertThat(pending.bytes()).isEqualTo(sealed);
        assertThat(pending.eligibleBytes()).isEqualTo(sealed);
        pending.add(Rows.row("b", 1, false, 1));
        assertThat(pending.bytes()).isEqualTo(sealed + open);
        pending.seal(2);
        assertThat(pending.bytes()).isEqualTo(2 * sealed);
        PendingBatches.Work work = pending.take();
        assertThat(pending.eligibleBytes()).as("in flight").isEqualTo(sealed);
        pending.acknowledge(work);
        assertThat(pending.eligibleBytes()).isZero();
        assertThat(pending.bytes()).isEqualTo(sealed);
    }

    @Test
    void aWorkGoesOnBehindTheRowsThatAreCommitted() throws IOException {
        with(ROOMY);
        for (String sensor : List.of("a", "b", "c", "d")) {
            pending.add(Rows.row(sensor, 1, false, 1));
        }
        pending.seal(1);
        pending.complete(1);
        PendingBatches.Work work = pending.take();
        work.committed(1);
        assertThat(sensors(work)).containsExactly("b", "c", "d");
        work.committed(2);
        assertThat(work.committedRows()).isEqualTo(3);
        assertThat(sensors(work)).containsExactly("d");
    }

    @Test
    void rowsOfAnAbortedCheckpointWaitForTheNextOne() throws IOException {
        with(ROOMY);
        pending.add(Rows.row("a", 1, false, 1));
        pending.seal(1);
        pending.add(Rows.row("b", 1, false, 1));
        pending.seal(2);
        pending.add(Rows.row("c", 1, false, 1));
        pending.seal(3);

        pending.complete(2);

        assertThat(sensors(pending.take())).containsExactly("a", "b");
    }

    @Test
    void batchesBehindAreMergedByKeyTheGreatestRowWins() throws IOException {
        with(ROOMY);
        for (long checkpoint = 1; checkpoint <= 5; checkpoint++) {
            pending.add(Rows.row("a", 1, false, 6 - checkpoint));
            pending.add(Rows.row("b", 2, true, checkpoint));
            pending.seal(checkpoint);
        }
        pending.complete(5);

        assertThat(rows(pending.take())).containsExactly(Rows.row("a", 1, false, 5), Rows.row("b", 2, true, 5));
    }

    @Test
    void oneCommitIsInFlightAtATimeAndStaysInSnapshotsUntilAcknowledged() throws IOException {
        with(ROOMY);
        pending.add(Rows.row("a", 1, false, 1));
        pending.seal(1);
        pending.complete(1);
        PendingBatches.Work first = pending.take();
        pending.add(Rows.row("b", 1, false, 1));
        pending.seal(2);
        pending.complete(2);
        pending.add(Rows.row("c", 1, false, 1));
        pending.seal(3);

        assertThat(pending.take()).isNull();
        assertThat(sensors(new PendingBatches.Work(pending.unacknowledged()))).containsExactly("a", "b", "c");

        pending.acknowledge(first);
        // A second acknowledgement, by mail after close() has made it, changes nothing.
        pending.acknowledge(first);

        assertThat(sensors(new PendingBatches.Work(pending.unacknowledged()))).containsExactly("b", "c");
        assertThat(sensors(pending.take())).containsExactly("b");
    }

    @Test
    void spillsUnderATinyBudgetAndLeavesNoFileBehind() throws IOException {
        with(TINY);
        for (int i = 0; i < 100; i++) {
            pending.add(Rows.row("s" + i % 10, 1, false, 1 + i / 10));
        }
        pending.seal(1);
        pending.complete(1);
        assertThat(files()).isGreaterThan(10);

        PendingBatches.Work work = pending.take();
        assertThat(rows(work)).hasSize(10).allMatch(row -> row.revision() == 10);
        assertThat(rows(work)).as("read again, for a retry").hasSize(10);
        pending.acknowledge(work);

        assertThat(files()).isZero();
        assertThat(pending.bytes()).isZero();
        assertThat(pending.eligibleBytes()).isZero();
    }

    @Test
    void emptyEpochsLeaveNothingToDo() throws IOException {
        with(ROOMY);
        pending.seal(1);
        pending.complete(1);

        assertThat(pending.take()).isNull();
        assertThat(pending.isDrained()).isTrue();
        assertThat(pending.unacknowledged()).isEmpty();
    }

    /**
     * Any sequence of adds, snapshots, completions, commits, lost acknowledgements and crashes: the database never
     * holds a row of an incomplete checkpoint, and in the end the greatest row of each key that a complete one covers.
     */
    @Property(tries = 500)
    void whateverHappensTheTableIsWhatTheCompleteCheckpointsHold(@ForAll long seed, @ForAll boolean tiny)
            throws IOException {
        Random random = new Random(seed);
        Path local = Files.createTempDirectory("weir-pending");
        Model model = new Model(local, tiny ? TINY : ROOMY);
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
            snapshots.put(checkpoint, rows(new PendingBatches.Work(pending.unacknowledged())));
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
                for (Aggregate row : rows(work)) {
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

    private void with(long budget) {
        store = new SortedRowsStore(directory, budget);
        pending = new PendingBatches(new EpochBuffer(store, budget));
    }

    private long files() throws IOException {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static List<String> sensors(PendingBatches.Work work) throws IOException {
        return rows(work).stream().map(row -> row.series().sensorId()).toList();
    }

    private static List<Aggregate> rows(PendingBatches.Work work) throws IOException {
        List<Aggregate> all = new ArrayList<>();
        try (RowStream rows = work.rows()) {
            for (Aggregate row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }
}

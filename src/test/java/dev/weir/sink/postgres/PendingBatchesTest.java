package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingBatchesTest {
    static final long ROOMY = 1 << 20;
    static final long TINY = 400;

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

    static List<Aggregate> rows(PendingBatches.Work work) throws IOException {
        List<Aggregate> all = new ArrayList<>();
        try (RowStream rows = work.rows()) {
            for (Aggregate row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
        }
        return all;
    }
}

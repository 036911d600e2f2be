package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.sink.postgres.PartsDatabase.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartCommitterTest {
    private static final int ROWS = 100;
    private static final int PART = 10;

    private final PartsDatabase database = new PartsDatabase();
    private final PartCommitter committer = new PartCommitter(database, options(), PART);

    @Test
    void anAttemptGoesOnAfterTheLastTransactionThatWasCommitted() throws Exception {
        database.faults = number -> number == 8 ? Fault.CUT : Fault.NONE;
        PendingBatches.Work work = work(ROWS);

        assertThatThrownBy(() -> committer.commit(work))
                .isInstanceOf(TransientCommitException.class)
                .hasMessageContaining("cannot be written now")
                .hasMessageContaining("[08006]");
        assertThat(work.committedRows()).isEqualTo(70);

        assertThat(committer.commit(work)).isEqualTo(ROWS);
        assertThat(database.sensors()).isEqualTo(sensors(ROWS));
        // None of the first seventy again.
        assertThat(database.committed.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(ROWS);
    }

    @Test
    void aConnectionThatEndsAtEveryEighthTransactionCostsAnAttemptForEachAndNoMore() throws Exception {
        database.faults = number -> number % 8 == 0 ? Fault.CUT : Fault.NONE;

        int attempts = attempts(work(80 * PART));

        // 80 transactions and one for each cut. A part is never halved here: ten rows are fewer than the fewest.
        assertThat(attempts).isEqualTo(12);
        assertThat(database.sensors()).isEqualTo(sensors(80 * PART));
    }

    @Test
    void aTransactionWhoseAnswerIsLostIsWrittenAgainAndOnlyThatOne() throws Exception {
        database.faults = number -> number == 3 ? Fault.ANSWER_LOST : Fault.NONE;

        assertThat(attempts(work(ROWS))).isEqualTo(2);

        assertThat(database.sensors()).isEqualTo(sensors(ROWS));
        assertThat(database.committed).hasSize(11);
    }

    /** A firewall, a pooler or a statement timeout that cuts whatever takes longer than some 700 rows take. */
    @Test
    void aPartThatIsAlwaysCutBecomesSmallUntilItArrives() throws Exception {
        List<Integer> asked = new ArrayList<>();
        PartCommitter.Transactions slow = new PartCommitter.Transactions() {
            @Override
            public void write(List<Aggregate> rows) throws SQLException {
                asked.add(rows.size());
                if (rows.size() > 700) {
                    throw new SQLException("canceling statement due to statement timeout", "57014");
                }
                database.write(rows);
            }

            @Override
            public void abort() {}
        };
        PartCommitter patient = new PartCommitter(slow, options(), 3_200);

        PendingBatches.Work work = work(3_500);
        while (catchThrowable(() -> patient.commit(work)) != null) {
            assertThat(asked).hasSizeLessThan(50);
        }

        assertThat(asked.subList(0, 4)).containsExactly(3_200, 1_600, 800, 400);
        assertThat(database.sensors()).isEqualTo(sensors(3_500));
    }

    @Test
    void whereTheServerIsAwayAPartIsNeverSmallerThanAHundredRows() {
        database.faults = number -> number <= 50 ? Fault.CUT : Fault.NONE;
        PartCommitter big = new PartCommitter(database, options(), 10_000);
        PendingBatches.Work work = work(1_000);

        for (int i = 0; i < 50; i++) {
            assertThat(catchThrowable(() -> big.commit(work))).isInstanceOf(TransientCommitException.class);
        }
        assertThat(catchThrowable(() -> big.commit(work))).isNull();

        assertThat(database.committed).containsExactly(100, 200, 400, 300);
    }

    @Test
    void theRowThatTheServerRefusesIsNamedWithItsOwnError() {
        database.refused.put(sensor(33), new SQLException("value out of range", "22003"));
        database.refused.put(sensor(36), new SQLException("violates a check", "23514"));

        assertThatThrownBy(() -> committer.commit(work(ROWS)))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("refuses key (" + sensor(33) + ", ")
                .hasStackTraceContaining("value out of range [22003]");
        // All before it are written.
        assertThat(database.sensors()).isEqualTo(sensors(33));
    }

    /** Wherever in the search for the row the connection is lost, also after the commit. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9, 50, 99})
    void aLostConnectionIsNeverEvidenceAboutARow(int guilty) {
        for (Fault fault : List.of(Fault.CUT, Fault.ANSWER_LOST)) {
            for (int cut = 1; cut <= 25; cut++) {
                int at = cut;
                PartsDatabase lossy = new PartsDatabase();
                lossy.faults = number -> number == at ? fault : Fault.NONE;
                lossy.refused.put(sensor(guilty), new SQLException("violates a check", "23514"));
                PartCommitter blaming = new PartCommitter(lossy, options(), PART);
                PendingBatches.Work work = work(ROWS);

                Throwable end = catchThrowable(() -> blaming.commit(work));
                if (end instanceof TransientCommitException) {
                    end = catchThrowable(() -> blaming.commit(work));
                }

                assertThat(end)
                        .as("%s in transaction %d", fault, cut)
                        .isInstanceOf(SuppressRestartsException.class)
                        .hasStackTraceContaining("refuses key (" + sensor(guilty) + ", ");
                assertThat(lossy.sensors()).isEqualTo(sensors(guilty));
            }
        }
    }

    /** Somebody dropped the constraint while the row was being looked for. */
    @Test
    void aRefusalThatIsGoneBlamesNobody() throws Exception {
        database.refused.put(sensor(PART - 1), new SQLException("violates a check", "23514"));
        database.faults = number -> {
            if (number == 2) {
                database.refused.clear();
            }
            return Fault.NONE;
        };

        assertThat(committer.commit(work(ROWS))).isEqualTo(ROWS);
        assertThat(database.sensors()).isEqualTo(sensors(ROWS));
    }

    @Test
    void aMissingRightIsNoRowsFault() {
        database.refused.put(sensor(5), new SQLException("permission denied", "42501"));

        assertThatThrownBy(() -> committer.commit(work(ROWS)))
                .isInstanceOf(SuppressRestartsException.class)
                .hasStackTraceContaining("refuses 10 rows, keys (" + sensor(0));
    }

    @Property(tries = 300)
    void everyRowArrivesWhateverIsCut(
            @ForAll @IntRange(max = 200) int rows, @ForAll @IntRange(min = 1, max = 40) int part, @ForAll Random random)
            throws Exception {
        Set<Integer> cuts = new HashSet<>();
        Set<Integer> lost = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            (random.nextBoolean() ? cuts : lost).add(1 + random.nextInt(300));
        }
        PartsDatabase lossy = new PartsDatabase();
        lossy.faults =
                number -> cuts.contains(number) ? Fault.CUT : lost.contains(number) ? Fault.ANSWER_LOST : Fault.NONE;
        PartCommitter one = new PartCommitter(lossy, options(), part);

        PendingBatches.Work work = work(rows);
        Throwable end;
        do {
            end = catchThrowable(() -> one.commit(work));
        } while (end instanceof TransientCommitException);

        assertThat(end).isNull();
        assertThat(lossy.sensors()).isEqualTo(sensors(rows));
        assertThat(work.committedRows()).isEqualTo(rows);
    }

    /** As the operator commits: a cut is no outage, so the pauses do not grow. */
    @Test
    void theOperatorPausesForACutAsForTheFirstFailure() throws Exception {
        database.faults = number -> number % 8 == 0 ? Fault.CUT : Fault.NONE;
        FakeTime time = new FakeTime();
        CommitSettings settings = new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time);
        try (CommitHarness task = CommitHarness.start(restored -> committer, settings)) {
            for (int i = 0; i < 80 * PART; i++) {
                task.add(Rows.row(sensor(i), 1, false, 1));
            }
            task.snapshot(1);
            task.complete(1);
            // Not until the last pause: closed in the middle of it, the operator would leave the rest to its
            // checkpoint.
            task.until(() -> database.rows.size() == 80 * PART);
        }

        assertThat(database.sensors()).isEqualTo(sensors(80 * PART));
        assertThat(time.pauses).hasSize(11).containsOnly(Duration.ofMillis(100));
    }

    private int attempts(PendingBatches.Work work) throws Exception {
        for (int attempt = 1; attempt <= 100; attempt++) {
            try {
                committer.commit(work);
                return attempt;
            } catch (TransientCommitException e) {
                assertThat(e).hasMessageContaining("cannot be written now");
            }
        }
        throw new AssertionError("it gets nowhere: " + work.committedRows() + " rows");
    }

    private static PendingBatches.Work work(int rows) {
        try {
            Path local = Files.createTempDirectory("weir-parts");
            SortedRowsStore store = new SortedRowsStore(local, 1 << 20);
            PendingBatches pending = new PendingBatches(new EpochBuffer(store, 1 << 20));
            for (int i = 0; i < rows; i++) {
                pending.add(Rows.row(sensor(i), 1, false, 1));
            }
            pending.seal(1);
            pending.complete(1);
            Files.delete(local); // everything is on the heap
            PendingBatches.Work work = pending.take();
            return work == null ? new PendingBatches.Work(List.of()) : work;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sensors(int rows) {
        List<String> sensors = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            sensors.add(sensor(i));
        }
        return sensors;
    }

    /** Sorted as their numbers are. */
    private static String sensor(int number) {
        return "s%05d".formatted(number);
    }

    private static WeirConfig.Postgres options() {
        return new WeirConfig.Postgres(
                "jdbc:postgresql://h/db",
                "u",
                null,
                null,
                "public",
                WeirConfig.Postgres.Delivery.EXACTLY_ONCE,
                true,
                1 << 20);
    }
}

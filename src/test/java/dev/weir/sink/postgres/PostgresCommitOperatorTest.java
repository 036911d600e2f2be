package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator on Flink's harness, with a database that does as it is told. */
@Timeout(20)
class PostgresCommitOperatorTest {
    private static final long ROOMY = 1 << 20;

    private final FakeDatabase database = new FakeDatabase();
    private final FakeTime time = new FakeTime();

    @Test
    void aRowIsVisibleAfterItsCheckpointAndNotBefore() throws Exception {
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            task.add(Rows.row("a", 1, false, 1));
            task.snapshot(1);
            task.add(Rows.row("b", 1, false, 1));
            task.runMails();
            assertThat(database.attempts).hasValue(0);

            task.complete(1);
            task.until(() -> database.commits.get() == 1);

            assertThat(database.sensors()).containsExactly("a");
        }
    }

    @Test
    void aCheckpointThatFailsLeavesNothingBehindAndItsRowsGoWithTheNext() throws Exception {
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            task.add(Rows.row("a", 1, false, 1));
            task.snapshot(1);
            task.add(Rows.row("a", 1, false, 2));
            task.snapshot(2);
            assertThat(database.attempts).hasValue(0);

            task.complete(2);
            task.until(() -> database.commits.get() == 1);

            assertThat(database.rows.values()).containsExactly(Rows.row("a", 1, false, 2));
        }
    }

    @Test
    void whatIsBehindAfterAnOutageIsOneCommit() throws Exception {
        database.away = true;
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
                task.add(Rows.row("a", 1, false, checkpoint), Rows.row("b" + checkpoint, 1, false, 1));
                task.snapshot(checkpoint);
                task.complete(checkpoint);
                task.runMails();
            }
            task.until(() -> time.pauses.size() >= 3);
            assertThat(List.copyOf(time.pauses).subList(0, 3)) // more may come while it is compared
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
            database.away = false;

            // The first batch was in flight all the time; the other four go together.
            task.until(() -> database.sensors().contains("b5") && database.commits.get() >= 2);

            assertThat(database.commits).hasValue(2);
            assertThat(database.sensors()).containsExactly("a", "b1", "b2", "b3", "b4", "b5");
            assertThat(database.rows.get(RowKey.of(Rows.row("a", 1, false, 5))).revision())
                    .isEqualTo(5);
        }
    }

    @Test
    void aCommitWhoseAcknowledgementIsLostIsRepeatedWithoutEffect() throws Exception {
        database.losesAcknowledgements = true;
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            task.add(Rows.row("a", 1, false, 1));
            task.snapshot(1);
            task.complete(1);
            task.until(() -> database.commits.get() == 2);

            assertThat(database.sensors()).containsExactly("a");
        }
    }

    @Test
    void restoredBatchesAreCommittedAtOnceWhateverTheParallelism() throws Exception {
        database.away = true;
        List<OperatorSubtaskState> states = new ArrayList<>();
        List<String> sensors = new ArrayList<>();
        for (int subtask = 0; subtask < 3; subtask++) {
            try (CommitHarness task = CommitHarness.restore(database, settings(4000), null, 3, 3, subtask)) {
                for (int i = 0; i < 100; i++) {
                    task.add(Rows.row("s" + subtask + "-" + i, 1, false, 1));
                    sensors.add("s" + subtask + "-" + i);
                }
                states.add(task.snapshot(1));
                // Not in the snapshot: it must not be restored, and so must not be committed.
                task.add(Rows.row("later" + subtask, 1, false, 1));
            }
        }
        database.away = false;
        OperatorSubtaskState all = CommitHarness.together(states.toArray(OperatorSubtaskState[]::new));

        for (int parallelism : new int[] {1, 2, 4}) {
            database.rows.clear();
            for (int subtask = 0; subtask < parallelism; subtask++) {
                try (CommitHarness task =
                        CommitHarness.restore(database, settings(4000), all, 3, parallelism, subtask)) {
                    // Once more through a snapshot of its own before anything is acknowledged.
                    task.snapshot(2);
                }
            }
            assertThat(database.sensors())
                    .as("parallelism %s", parallelism)
                    .containsExactlyElementsOf(sensors.stream().sorted().toList());
        }
    }

    @Test
    void theInputWaitsWhileTooMuchIsEligibleAndNotForTheOpenEpoch() throws Exception {
        database.gate = new CountDownLatch(1);
        try (CommitHarness task = CommitHarness.start(database, settings(1000))) {
            // 100 rows are some 9 KB: an open epoch of any size must not block.
            for (int i = 0; i < 100; i++) {
                task.add(Rows.row("s" + i, 1, false, 1));
            }
            task.snapshot(1);
            task.add(Rows.row("sealed is not eligible", 1, false, 1));
            task.complete(1);

            AtomicBoolean waited = new AtomicBoolean();
            Thread opener = openTheGateWhenWaiting(Thread.currentThread(), waited);
            task.add(Rows.row("next", 1, false, 1));
            // Before anything else waits: it has not come back while the gate was shut.
            assertThat(database.gate.getCount()).isZero();
            opener.join();

            assertThat(waited).isTrue();
            assertThat(database.sensors()).hasSize(100);
        }
    }

    @Test
    void afterTheEndOfTheInputTheLastNotificationWaitsForEverything() throws Exception {
        database.gate = new CountDownLatch(1);
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            task.add(Rows.row("a", 1, false, 1));
            task.finish();
            task.snapshot(1);

            AtomicBoolean waited = new AtomicBoolean();
            Thread opener = openTheGateWhenWaiting(Thread.currentThread(), waited);
            task.complete(1);
            // Before anything else waits: it has not come back while the gate was shut.
            assertThat(database.gate.getCount()).isZero();
            opener.join();

            assertThat(waited).isTrue();
            assertThat(database.sensors()).containsExactly("a");
        }
    }

    @Test
    void closeCommitsWhatACompletedCheckpointHoldsAndNothingElse() throws Exception {
        // As in stop-with-savepoint: the savepoint completes, and close() comes without finish().
        database.gate = new CountDownLatch(1);
        CommitHarness task = CommitHarness.start(database, settings(ROOMY));
        task.add(Rows.row("a", 1, false, 1));
        task.snapshot(1);
        task.complete(1);
        task.add(Rows.row("b", 1, false, 1));
        task.snapshot(2);
        task.complete(2);
        task.add(Rows.row("open", 1, false, 1));
        task.snapshot(3);
        database.gate.countDown();

        task.close();

        assertThat(database.sensors()).containsExactly("a", "b");
    }

    @Test
    void closeDoesNotWaitForADatabaseThatIsAway() throws Exception {
        database.away = true;
        CommitSettings patient = new CommitSettings(ROOMY, ROOMY, Duration.ofHours(1), time);
        CommitHarness task = CommitHarness.start(database, patient);
        task.add(Rows.row("a", 1, false, 1));
        OperatorSubtaskState state = task.snapshot(1);
        task.complete(1);
        task.until(() -> database.attempts.get() > 0);

        task.close();
        assertThat(database.rows).isEmpty();

        // Nothing is lost: it is in the checkpoint.
        database.away = false;
        CommitHarness.restore(database, settings(ROOMY), state, 1, 1, 0).close();
        assertThat(database.sensors()).containsExactly("a");
    }

    @Test
    void closeGivesUpAtItsDeadline() throws Exception {
        database.gate = new CountDownLatch(1);
        CommitSettings hasty = new CommitSettings(ROOMY, ROOMY, Duration.ZERO, time);
        CommitHarness task = CommitHarness.start(database, hasty);
        task.add(Rows.row("a", 1, false, 1));
        task.snapshot(1);
        task.complete(1);

        task.close();

        assertThat(database.rows).isEmpty();
    }

    @Test
    void aFatalErrorFailsTheTaskWithItsMessage() throws Exception {
        database.fatal = new IllegalStateException("no such column");
        try (CommitHarness task = CommitHarness.start(database, settings(ROOMY))) {
            task.add(Rows.row("a", 1, false, 1));
            task.snapshot(1);
            task.complete(1);

            assertThatThrownBy(() -> task.until(() -> false)).hasStackTraceContaining("no such column");
            assertThat(time.pauses).isEmpty();
        }
    }

    private Thread openTheGateWhenWaiting(Thread task, AtomicBoolean waited) {
        Thread opener = new Thread(() -> {
            Awaitility.await().until(() -> EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                    .contains(task.getState()));
            waited.set(database.rows.isEmpty());
            database.gate.countDown();
        });
        opener.start();
        return opener;
    }

    private CommitSettings settings(long bytes) {
        return new CommitSettings(bytes, bytes, Duration.ofSeconds(10), time);
    }
}

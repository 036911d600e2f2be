package dev.weir.books;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Tally;
import dev.weir.flink.EventSerializer;
import dev.weir.flink.IntakeOperator;
import dev.weir.flink.TallySerializer;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import dev.weir.postgres.Migrations;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the intake's events to {@code weir_files}: over checkpoints, failures and another parallelism. */
class FilesExactlyOnceIT {
    private static final String ROWS =
            "SELECT uri, state, rows, rows_rejected, checkpoint_id FROM weir_files ORDER BY uri";
    private static final String BOOKS =
            "SELECT counter, value FROM weir_books WHERE value > 0 AND counter LIKE 'files.%' ORDER BY 1";
    private static final FileHead HEAD = new FileHead(null, null);

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();
    private final long now = System.currentTimeMillis();
    private Run run;

    @BeforeEach
    void migrate() {
        Migrations.apply(server.options(url));
        WeirConfig any = TestConfigs.longJson();
        run = new Run("run", TestConfigs.withSinks(any, any.kafka(), null, server.options(url)), Fence.NONE);
    }

    /** Two subtasks read it up to the second checkpoint, each for a while; after a restart with one subtask that one ends it. */
    @Test
    void aFileMaySpanThreeCheckpointsAndARescale() throws Exception {
        OperatorSubtaskState state;
        try (var first = intake();
                var second = intake();
                var books = books(null, 0)) {
            rows(first, 0, 10, 3);
            barrier(1, books, first, second);
            books.snapshot(1, 0);
            books.notifyOfCompletedCheckpoint(1);
            rows(second, 0, 5, 5);
            barrier(2, books, first, second);
            state = books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            rows(second, 0, 100, 100); // after the barrier: read again after the restart
            barrier(3, books, first, second);
            awaitCheckpoint(2);
        }
        assertThat(server.rows(url, ROWS)).isEmpty();
        try (var only = intake();
                var books = books(state, 2)) {
            rows(only, 0, 7, 0);
            end(only, 0, "file:/a", 22);
            barrier(3, books, only);
            books.snapshot(3, 0);
            books.notifyOfCompletedCheckpoint(3);
            awaitCheckpoint(3);
            assertThat(server.rows(url, ROWS)).containsExactly("file:/a|read|22|8|3");
            assertThat(server.rows(url, BOOKS)).containsExactly("files.announced|1", "files.read|1");
            // The readings of the other rows: there is no series operator here that would accept them.
            assertThat(unaccounted(books)).isEqualTo(14);
        }
    }

    /** The transaction of checkpoint 1 is committed; the job dies before anything has heard of it, and goes on from checkpoint 1. */
    @Test
    void aFailureBetweenCommitAndAcknowledgementWritesNothingTwice() throws Exception {
        OperatorSubtaskState state;
        try (var intake = intake();
                var books = books(null, 0)) {
            rows(intake, 0, 4, 1);
            end(intake, 0, "file:/a", 4);
            rows(intake, 1, 2, 1);
            barrier(1, books, intake);
            state = books.snapshot(1, 0);
            books.notifyOfCompletedCheckpoint(1);
            awaitCheckpoint(1);
        }
        List<String> committed = server.rows(url, "SELECT * FROM weir_files");
        assertThat(committed).hasSize(1);
        try (var intake = intake();
                var books = books(state, 1)) {
            rows(intake, 1, 3, 1);
            end(intake, 1, "file:/b", 5);
            barrier(2, books, intake);
            state = books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            awaitCheckpoint(2);
            assertThat(server.rows(url, ROWS)).containsExactly("file:/a|read|4|1|1", "file:/b|read|5|2|2");
            assertThat(server.rows(url, "SELECT * FROM weir_files WHERE uri = 'file:/a'"))
                    .isEqualTo(committed);
            books.snapshot(3, 0);
        }
        try (var books = books(state, 2)) {
            books.snapshot(4, 0);
            books.notifyOfCompletedCheckpoint(4);
            awaitCheckpoint(4);
            assertThat(server.rows(url, ROWS)).containsExactly("file:/a|read|4|1|1", "file:/b|read|5|2|2");
            assertThat(server.rows(url, BOOKS)).containsExactly("files.announced|2", "files.read|2");
        }
    }

    /** The files of a checkpoint that failed go with the next one. */
    @Test
    void aCheckpointThatFailsLosesNoFile() throws Exception {
        try (var intake = intake();
                var books = books(null, 0)) {
            end(intake, 0, "file:/a", 0);
            barrier(1, books, intake);
            books.snapshot(1, 0);
            end(intake, 1, "file:/b", 0);
            barrier(2, books, intake);
            books.snapshot(2, 0);
            end(intake, 2, "file:/later", 0);
            barrier(3, books, intake);
            books.notifyOfCompletedCheckpoint(2);
            awaitCheckpoint(2);
            assertThat(server.rows(url, ROWS)).containsExactly("file:/a|read|0|0|2", "file:/b|read|0|0|2");
        }
    }

    /** The server is away while three checkpoints complete. */
    @Test
    void filesWaitForTheDatabase() throws Exception {
        PostgresServer own = PostgresServer.start();
        try (own) {
            Migrations.apply(own.options(own.url()));
            WeirConfig any = TestConfigs.longJson();
            run = new Run("run", TestConfigs.withSinks(any, any.kafka(), null, own.options(own.url())), Fence.NONE);
            try (var intake = intake();
                    var books = books(null, 0)) {
                own.stopServer();
                for (int i = 1; i <= 3; i++) {
                    end(intake, i, "file:/" + i, 0);
                    barrier(i, books, intake);
                    books.snapshot(i, 0);
                    books.notifyOfCompletedCheckpoint(i);
                }
                own.startServer();
                Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                                own.rows(own.url(), "SELECT uri FROM weir_files ORDER BY 1"))
                        .containsExactly("file:/1", "file:/2", "file:/3"));
            }
        }
    }

    private OneInputStreamOperatorTestHarness<Event, Reading> intake() throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new IntakeOperator(run), new EventSerializer());
        harness.open();
        return harness;
    }

    private OneInputStreamOperatorTestHarness<Tally, Void> books(OperatorSubtaskState state, long checkpoint)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new BooksOperator(run), new TallySerializer());
        if (state != null) {
            harness.setRestoredCheckpointId(checkpoint);
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private void rows(OneInputStreamOperatorTestHarness<Event, Reading> intake, long offset, int rows, int rejected)
            throws Exception {
        for (int i = 0; i < rows; i++) {
            Origin origin = new Origin("t", 0, offset, now, "file:/a", i + 1);
            String json =
                    "{\"sensor_id\": \"s\", \"metric\": \"temperature\", \"event_time\": " + now + ", \"value\": 1}";
            byte[] row = (i < rejected ? "?" : json).getBytes(UTF_8);
            intake.processElement(new StreamRecord<>(Event.row(origin, null, row, List.of(), HEAD)));
        }
    }

    private void end(OneInputStreamOperatorTestHarness<Event, Reading> intake, long offset, String uri, long rows)
            throws Exception {
        FileOutcome read = new FileOutcome(Kind.READ, null, uri, "v", 99, rows, now);
        intake.processElement(new StreamRecord<>(Event.outcome(new Origin("t", 0, offset, now), null, null, read)));
    }

    @SafeVarargs
    private static void barrier(
            long checkpoint,
            OneInputStreamOperatorTestHarness<Tally, Void> books,
            OneInputStreamOperatorTestHarness<Event, Reading>... intakes)
            throws Exception {
        for (var intake : intakes) {
            intake.prepareSnapshotPreBarrier(checkpoint);
            var tallies = intake.getSideOutput(IntakeOperator.TALLIES);
            while (tallies != null && !tallies.isEmpty()) {
                books.processElement(new StreamRecord<>(tallies.remove().getValue()));
            }
        }
    }

    private void awaitCheckpoint(long id) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        server.rows(url, "SELECT checkpoint_id FROM weir_pipelines"))
                .containsExactly(Long.toString(id)));
    }

    private static long unaccounted(OneInputStreamOperatorTestHarness<Tally, Void> books) {
        return ((BooksOperator) books.getOperator()).unaccounted();
    }
}

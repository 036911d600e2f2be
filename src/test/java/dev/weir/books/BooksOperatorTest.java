package dev.weir.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Tally;
import dev.weir.flink.TallySerializer;
import dev.weir.generation.Position;
import dev.weir.generation.Run;
import dev.weir.sink.lake.LakeFence;
import dev.weir.testing.generate.TestConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BooksOperatorTest {
    @TempDir
    Path lake;

    @Test
    void writesNothingBeforeTheCheckpointCompletes() throws Exception {
        try (var books = open(null)) {
            books.processElement(read(3));
            books.snapshot(1, 0);
            books.processElement(read(4));
            assertThat(written()).isEmpty();
            books.notifyOfCompletedCheckpoint(1);
            awaitWritten("generation 1, checkpoint 1: 3");
            books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            awaitWritten("generation 1, checkpoint 1: 3", "generation 1, checkpoint 2: 7");
        }
    }

    @Test
    void skipsACheckpointThatFailed() throws Exception {
        try (var books = open(null)) {
            books.processElement(read(3));
            books.snapshot(1, 0);
            books.processElement(read(4));
            books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            awaitWritten("generation 1, checkpoint 2: 7");
        }
    }

    @Test
    void goesOnFromTheTotalsOfTheRestoredCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var books = open(null)) {
            books.processElement(read(3));
            state = books.snapshot(1, 0);
            books.processElement(read(100)); // after the barrier: read again after the restore
        }
        try (var books = open(state)) {
            books.processElement(read(4));
            books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            awaitWritten("generation 1, checkpoint 2: 7");
        }
    }

    @Test
    void beginsAtZeroInANewGeneration() throws Exception {
        new LakeFence(lake.toString(), "weir").raise(new Position(4, 9));
        try (var books = open(null)) {
            books.processElement(read(3));
            books.snapshot(1, 0);
            books.notifyOfCompletedCheckpoint(1);
            awaitWritten("generation 5, checkpoint 1: 3");
        }
    }

    /** A restart of the run goes on; a new run, from whatever state, begins at zero, while the books go on. */
    @Test
    void countsTheRunApartFromTheBooks() throws Exception {
        OperatorSubtaskState state;
        try (var books = open(null)) {
            books.processElement(read(3));
            assertThat(ofThisRun(books)).isEqualTo(3);
            state = books.snapshot(1, 0);
        }
        try (var restarted = open(state)) {
            restarted.processElement(read(4));
            assertThat(ofThisRun(restarted)).isEqualTo(7);
        }
        try (var next = open(state, "next run")) {
            assertThat(ofThisRun(next)).isZero();
            next.processElement(read(2));
            assertThat(ofThisRun(next)).isEqualTo(2);
            next.snapshot(2, 0);
            next.notifyOfCompletedCheckpoint(2);
            awaitWritten("generation 1, checkpoint 2: 5");
        }
    }

    @Test
    void saysThatAllIsReadWhenEverySourceIsIdle() throws Exception {
        try (var books = open(null)) {
            assertThat(report(books).allRead()).isFalse();
            books.processWatermarkStatus(WatermarkStatus.IDLE);
            assertThat(report(books).allRead()).isTrue();
        }
    }

    private static long ofThisRun(OneInputStreamOperatorTestHarness<Tally, Void> books) {
        return report(books).count(Counter.EVENTS_READ);
    }

    private static RunReport report(OneInputStreamOperatorTestHarness<Tally, Void> books) {
        return (RunReport) ((BooksOperator) books.getOperator())
                .getRuntimeContext()
                .getAccumulator(LatestReport.NAME)
                .getLocalValue();
    }

    @Test
    void tellsWhatTheBooksOfACompletedCheckpointDoNotAccountFor() throws Exception {
        try (var books = open(null)) {
            books.processElement(read(3));
            books.snapshot(1, 0);
            assertThat(unaccounted(books)).isZero();
            books.notifyOfCompletedCheckpoint(1);
            // Three were read, none was decoded and none rejected.
            assertThat(unaccounted(books)).isEqualTo(3);
            Tally rest = new Tally();
            rest.add(Counter.EVENTS_DECODED, 2);
            rest.add(Counter.EVENTS_REJECTED);
            rest.add(Counter.rejected(Reason.MALFORMED));
            books.processElement(new StreamRecord<>(rest));
            books.snapshot(2, 0);
            books.notifyOfCompletedCheckpoint(2);
            assertThat(unaccounted(books)).isZero();
        }
    }

    private static long unaccounted(OneInputStreamOperatorTestHarness<Tally, Void> books) {
        return ((BooksOperator) books.getOperator()).unaccounted();
    }

    private OneInputStreamOperatorTestHarness<Tally, Void> open(OperatorSubtaskState state) throws Exception {
        return open(state, "run");
    }

    private OneInputStreamOperatorTestHarness<Tally, Void> open(OperatorSubtaskState state, String runId)
            throws Exception {
        WeirConfig any = TestConfigs.longJson();
        WeirConfig config = TestConfigs.withSinks(
                any, any.kafka(), new WeirConfig.Lake(lake.toString(), WeirOptions.Compression.ZSTD, 4), null);
        // The operator is serialized on its way into the harness: a file is what both ends know.
        String ledger = ledger().toString();
        BooksOperator operator = new BooksOperator(
                new Run(runId, config, new LakeFence(lake.toString(), config.pipeline())),
                run -> (position, totals, files) -> Files.writeString(
                        Path.of(ledger),
                        position + ": " + totals.get(Counter.EVENTS_READ) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND));
        var harness = new OneInputStreamOperatorTestHarness<Tally, Void>(operator, new TallySerializer());
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private Path ledger() {
        return lake.resolve("ledger");
    }

    private List<String> written() throws IOException {
        return Files.exists(ledger()) ? Files.readAllLines(ledger()) : List.of();
    }

    private void awaitWritten(String... lines) {
        Awaitility.await().untilAsserted(() -> assertThat(written()).containsExactly(lines));
    }

    private static StreamRecord<Tally> read(int events) {
        Tally tally = new Tally();
        tally.add(Counter.EVENTS_READ, events);
        return new StreamRecord<>(tally);
    }
}

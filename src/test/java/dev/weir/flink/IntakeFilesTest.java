package dev.weir.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Counter;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.FileCount;
import dev.weir.core.model.FileHead;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.FileOutcome.Kind;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.Tally;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import dev.weir.testing.generate.TestConfigs;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the intake counts and sends of announced files: their rows are events, and each file ends with an outcome. */
class IntakeFilesTest {
    private static final long NOW_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    private static final FileHead JSON = new FileHead(null, null);
    private static final byte[] KEY = {'k'};
    private static final byte[] ANNOUNCEMENT = "file:/a".getBytes(UTF_8);

    @TempDir
    Path lake;

    private OneInputStreamOperatorTestHarness<Event, Reading> intake;

    @BeforeEach
    void open() throws Exception {
        WeirConfig any = TestConfigs.longJson();
        WeirConfig config = TestConfigs.withSinks(
                any, any.kafka(), new WeirConfig.Lake(lake.toUri().toString(), WeirOptions.Compression.ZSTD, 4), null);
        intake = new OneInputStreamOperatorTestHarness<>(
                new IntakeOperator(new Run("run", config, Fence.NONE)), new EventSerializer());
        intake.open();
    }

    @AfterEach
    void close() throws Exception {
        intake.close();
    }

    @Test
    void countsRowsAndTheirRejectsBetweenBarriersAndEndsTheFileWithItsOutcome() throws Exception {
        row(
                0,
                7,
                1,
                "{\"sensor_id\": \"s\", \"metric\": \"temperature\", \"event_time\": " + NOW_MILLIS
                        + ", \"value\": 1}");
        row(0, 7, 2, "?");
        assertThat(barrier(1).files()).containsExactly(new FileCount("t", 0, 7, NOW_MILLIS, 2, 1, null));

        row(0, 7, 3, "?");
        FileOutcome read = new FileOutcome(Kind.READ, null, "file:/a", "v", 99, 3, 5);
        outcome(0, 7, read);
        row(0, 8, 1, "?");
        Tally second = barrier(2);
        assertThat(second.files())
                .containsExactly(
                        new FileCount("t", 0, 7, NOW_MILLIS, 1, 1, read),
                        new FileCount("t", 0, 8, NOW_MILLIS, 1, 1, null));
        assertThat(second.get(Counter.FILES_ANNOUNCED)).isEqualTo(1);
        assertThat(second.get(Counter.FILES_READ)).isEqualTo(1);
        assertThat(second.get(Counter.EVENTS_READ)).isEqualTo(2);
        assertThat(second.get(Tally.Extra.FILE_ROWS)).isEqualTo(3);
        assertThat(second.get(Tally.Extra.FILE_BYTES)).isEqualTo(99);
        assertThat(second.unaccounted()).isZero();
        intake.prepareSnapshotPreBarrier(3);
        assertThat(intake.getSideOutput(IntakeOperator.TALLIES))
                .as("nothing came")
                .isEmpty();
    }

    @Test
    void tellsTheFilesOfPartitionsApart() throws Exception {
        row(0, 7, 1, "?");
        row(1, 7, 1, "?");
        row(0, 7, 2, "?");
        outcome(1, 7, new FileOutcome(Kind.READ, null, "file:/b", "v", 9, 1, 5));
        row(0, 7, 3, "?");

        assertThat(barrier(1).files())
                .extracting(FileCount::partition, FileCount::rows, count -> count.outcome() == null)
                .containsExactly(tuple(1, 1L, false), tuple(0, 3L, true));
    }

    @Test
    void aRejectedAnnouncementIsOneEventWithOneDeadLetter() throws Exception {
        Reject missing = new Reject(Reason.FILE_MISSING, "three tries", null);
        outcome(0, 7, new FileOutcome(Kind.REJECTED, missing, "file:/a", null, 0, 0, 5));
        Tally counted = barrier(1);

        for (Counter counter : List.of(
                Counter.FILES_ANNOUNCED,
                Counter.FILES_REJECTED,
                Counter.EVENTS_READ,
                Counter.EVENTS_REJECTED,
                Counter.rejected(Reason.FILE_MISSING))) {
            assertThat(counted.get(counter)).as("%s", counter).isEqualTo(1);
        }
        assertThat(counted.unaccounted()).isZero();
        assertThat(counted.examples()).containsEntry(Reason.FILE_MISSING, "t/0/7, file:/a: three tries");
        assertThat(counted.files())
                .singleElement()
                .satisfies(file -> assertThat(file.outcome().reject()).isEqualTo(missing));
        DeadLetter letter =
                intake.getSideOutput(IntakeOperator.DEAD_LETTERS).remove().getValue();
        assertThat(letter.origin()).isEqualTo(new Origin("t", 0, 7, NOW_MILLIS, "file:/a", 0));
        assertThat(letter.rejects()).containsExactly(missing);
        assertThat(letter.eventKey()).isEqualTo(KEY);
        assertThat(letter.eventValue()).isEqualTo(ANNOUNCEMENT);
    }

    /** There is no file that a row of weir_files could name. */
    @Test
    void anAnnouncementThatNamesNoFileCountsAndIsNoFile() throws Exception {
        outcome(0, 7, new FileOutcome(Kind.REJECTED, new Reject(Reason.MALFORMED, "", null), null, null, 0, 0, 5));
        outcome(0, 8, new FileOutcome(Kind.IGNORED, null, null, null, 0, 0, 5));
        outcome(0, 9, new FileOutcome(Kind.REPEATED, null, "file:/a", "v", 0, 0, 5));
        Tally counted = barrier(1);

        assertThat(counted.files()).isEmpty();
        assertThat(counted.get(Counter.FILES_ANNOUNCED)).isEqualTo(3);
        assertThat(counted.get(Counter.FILES_REJECTED)).isEqualTo(1);
        assertThat(counted.get(Counter.FILES_IGNORED)).isEqualTo(1);
        assertThat(counted.get(Counter.FILES_REPEATED)).isEqualTo(1);
        assertThat(counted.get(Counter.EVENTS_READ)).isEqualTo(1);
        assertThat(counted.unaccounted()).isZero();
        assertThat(intake.getSideOutput(IntakeOperator.DEAD_LETTERS))
                .extracting(letter -> letter.getValue().origin().file())
                .containsExactly((String) null);
    }

    @Test
    void theMetricsCountFilesByOutcome() {
        MetricListener listener = new MetricListener();
        IntakeMetrics metrics = new IntakeMetrics(listener.getMetricGroup(), "p");
        for (Kind kind : Kind.values()) {
            Reject reject = kind == Kind.REJECTED ? new Reject(Reason.MALFORMED, "", null) : null;
            metrics.file(new FileOutcome(kind, reject, "file:/a", "v", 9, 0, 5));
        }
        metrics.file(new FileOutcome(Kind.READ, null, "file:/a", "v", 9, 0, 5));

        assertThat(List.of(
                        "filesAnnounced", "filesRead", "filesRepeated", "filesRejected", "filesIgnored", "eventsRead"))
                .map(name -> listener.getCounter("weir", "pipeline", "p", name)
                        .orElseThrow()
                        .getCount())
                .containsExactly(5L, 2L, 1L, 1L, 1L, 1L);
    }

    /** A record of a file is nothing that a person can read; the catalog here expects JSON, so it is rejected as it stands. */
    @Test
    void aRejectedAvroRowIsShownAsJson() throws Exception {
        Origin origin = new Origin("t", 0, 7, NOW_MILLIS, "file:/a", 1);
        FileHead avro = new FileHead(
                null, "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}");
        intake.processElement(new StreamRecord<>(Event.row(origin, KEY, new byte[] {6}, List.of(), avro)));

        DeadLetter letter =
                intake.getSideOutput(IntakeOperator.DEAD_LETTERS).remove().getValue();
        assertThat(letter.eventValue()).asString(UTF_8).isEqualTo("{\"x\":3}");
        assertThat(letter.origin()).isEqualTo(origin);
    }

    private void row(int partition, long offset, long row, String json) throws Exception {
        Origin origin = new Origin("t", partition, offset, NOW_MILLIS, "file:/a", row);
        intake.processElement(new StreamRecord<>(Event.row(origin, KEY, json.getBytes(UTF_8), List.of(), JSON)));
    }

    private void outcome(int partition, long offset, FileOutcome outcome) throws Exception {
        Origin origin = new Origin("t", partition, offset, NOW_MILLIS);
        intake.processElement(new StreamRecord<>(Event.outcome(origin, KEY, ANNOUNCEMENT, outcome)));
    }

    private Tally barrier(long checkpoint) throws Exception {
        intake.prepareSnapshotPreBarrier(checkpoint);
        Tally sent = intake.getSideOutput(IntakeOperator.TALLIES).remove().getValue();
        assertThat(intake.getSideOutput(IntakeOperator.TALLIES)).isEmpty();
        return sent;
    }
}

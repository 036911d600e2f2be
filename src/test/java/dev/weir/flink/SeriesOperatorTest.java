package dev.weir.flink;

import static dev.weir.flink.SeriesOperatorFixture.KEY;
import static dev.weir.flink.SeriesOperatorFixture.config;
import static dev.weir.flink.SeriesOperatorFixture.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeriesOperatorTest {
    @Test
    void sendsAKeyedRejectToTheDeadLettersWithItsEvent() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 1000, 1), reading(KEY, 1, 1000, 2)); // in one batch
            harness.drain();
            DeadLetter letter = harness.deadLetters.get(0);
            assertThat(letter.origin().offset()).isEqualTo(1);
            assertThat(letter.rejects().get(0).reason()).isEqualTo(Reason.DUPLICATE);
            assertThat(letter.eventValue()).containsExactly(1);
            assertThat(letter.reading()).isNull();
            assertThat(harness.accepted).hasSize(1);
            assertThat(harness.accepted.get(0).generation()).isEqualTo(1);
            assertThat(harness.accepted.get(0).eventValue()).isNull();
        }
    }

    /** Behind the exchange, too: the file's schema crosses with its name. The reading that is accepted keeps file and row. */
    @Test
    void aKeyedRejectOfAnAvroRowShowsTheRecordAsJson() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(avroRow(1), avroRow(2));
            harness.drain();
            DeadLetter letter = harness.deadLetters.get(0);
            assertThat(letter.origin()).isEqualTo(new Origin("t", 0, 7, 0, "file:/a.avro", 2));
            assertThat(letter.eventValue()).asString(StandardCharsets.UTF_8).isEqualTo("2");
            assertThat(harness.accepted)
                    .extracting(Reading::origin)
                    .containsExactly(avroRow(1).origin());
            assertThat(harness.accepted.get(0).avroSchema()).isNull();
        }
    }

    private static Reading avroRow(int row) {
        Origin origin = new Origin("t", 0, 7, 0, "file:/a.avro", row);
        byte[] zigzag = {(byte) (2 * row)};
        return new Reading(KEY, 1_000, row, "Cel", null, 0, origin, null, zigzag, "\"int\"", 0);
    }

    @Test
    void sendsTheReadingInsteadOfTheEventWhenAskedTo() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.READING), 10, 1)) {
            harness.process(reading(KEY, 0, 1000, 1));
            harness.process(reading(KEY, 1, 1000, 2));
            harness.drain();
            assertThat(harness.deadLetters.get(0).reading().value()).isEqualTo(2);
        }
    }

    /** Also where no reading comes in the new generation: what was shown again is not shown once more. */
    @Test
    void showsARowAgainOnceInAHigherGeneration() throws Exception {
        WeirConfig otherRules = config(DeadLetters.Payload.ORIGINAL, TestMetrics.quota("2", Duration.ofSeconds(1), 20));
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.endInput();
            harness.restartWith(otherRules);
            harness.endInput();
            harness.restartWith(otherRules);
            harness.endInput();
            assertThat(harness.rows).extracting(Aggregate::generation).containsExactly(1, 2);
        }
    }
}

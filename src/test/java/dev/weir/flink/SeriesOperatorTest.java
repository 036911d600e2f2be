package dev.weir.flink;

import static dev.weir.flink.SeriesOperatorFixture.KEY;
import static dev.weir.flink.SeriesOperatorFixture.config;
import static dev.weir.flink.SeriesOperatorFixture.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestMetrics;
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

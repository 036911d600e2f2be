package dev.weir.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Tally;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Tally tally = new Tally();

    @Test
    void saysWhatBecameOfTheReadingsAndShowsARejectOfEachReason() {
        events(110, 10, 0);
        readings(100, 96, 4);
        tally.add(Counter.rejected(Reason.MALFORMED), 10);
        tally.add(Counter.rejected(Reason.LATE), 4);
        tally.example(Reason.LATE, "t/0/17, s1, temperature: 5 min behind");
        tally.add(Tally.Extra.DEAD_LETTERS, 14);

        assertThat(summary().lines())
                .containsSubsequence(
                        "What became of the readings",
                        "  events read           110",
                        "    rejected whole       10",
                        "  readings in them      100",
                        "    accepted             96  96.00 %",
                        "      of which flagged    0   0.00 %",
                        "    rejected              4   4.00 %",
                        "      MALFORMED          10",
                        "      LATE                4",
                        "One reject of each reason (topic/partition/offset)",
                        "  LATE  t/0/17, s1, temperature: 5 min behind",
                        "Where it is",
                        "  dead letters, Kafka  14 records  " + TestConfigs.TOPIC + "-dlq")
                .noneMatch(line -> line.startsWith("LOOK"));
    }

    @Test
    void saysWhatBecameOfTheFilesIfAnyWereAnnounced() {
        assertThat(summary().lines()).noneMatch(line -> line.contains("files"));
        tally.add(Counter.FILES_ANNOUNCED, 12);
        tally.add(Counter.FILES_READ, 10);
        tally.add(Counter.FILES_REPEATED, 1);
        tally.add(Counter.FILES_REJECTED, 1);
        tally.add(Tally.Extra.FILE_ROWS, 384_876);
        tally.add(Tally.Extra.FILE_BYTES, 9_000_000);

        assertThat(summary().lines())
                .containsSubsequence(
                        "What became of the files",
                        "  files announced         12",
                        "    read                  10",
                        "    repeated               1",
                        "    rejected               1",
                        "  rows in them       384,876",
                        "  bytes in them    9,000,000")
                .noneMatch(line -> line.contains("ignored") || line.contains("weir_files"));
        WeirConfig any = TestConfigs.longJson();
        WeirConfig.Postgres postgres = new WeirConfig.Postgres(
                "jdbc:postgresql:d", null, null, null, "plant", WeirConfig.Postgres.Delivery.EXACTLY_ONCE, true, 1);
        assertThat(new Summary(TestConfigs.withSinks(any, any.kafka(), null, postgres), RunReport.of(tally, false))
                        .lines())
                .anyMatch(line -> line.matches("  files, PostgreSQL +at most 11 rows +plant.weir_files"));
    }

    @Test
    void isLoudWhenMostIsRejected() {
        events(7_200, 0, 0);
        readings(7_200, 0, 7_200);
        tally.add(Counter.rejected(Reason.UNIT_MISMATCH), 7_000);
        tally.add(Counter.rejected(Reason.LATE), 200);

        assertThat(summary().lines())
                .anyMatch(line ->
                        line.startsWith("LOOK: most of the input was rejected, 100.00 %, most of it as UNIT_MISMATCH"));
        assertThat(summary().rejectedShare()).isEqualTo(1.0);
    }

    @Test
    void halfIsNotMost() {
        events(10, 0, 0);
        readings(10, 5, 5);

        assertThat(summary().suspicions()).isEmpty();
        assertThat(summary().rejectedShare()).isEqualTo(0.5);
    }

    @Test
    void isLoudAboutEventsWithoutAReading() {
        events(50, 0, 50);

        assertThat(summary().suspicions())
                .singleElement()
                .asString()
                .startsWith("50 of 50 decoded events have none of the fields");
        assertThat(summary().rejectedShare()).isZero();
    }

    /** A device may send other things besides readings: up to a tenth of its events. */
    @Test
    void aTenthOfTheEventsMayHaveNoReading() {
        events(110, 10, 10);
        readings(90, 90, 0);
        assertThat(summary().suspicions()).isEmpty();
        tally.add(Counter.EVENTS_EMPTY, 1);
        assertThat(summary().suspicions()).singleElement().asString().startsWith("11 of 100 decoded events");
    }

    @Test
    void isLoudAboutSeriesThatChangePartitionAllTheTime() {
        events(7_200, 0, 0);
        readings(7_200, 4_624, 2_576);
        tally.add(Tally.Extra.PARTITION_SWITCHES, 3_500);

        assertThat(summary().suspicions())
                .singleElement()
                .asString()
                .startsWith("3,500 readings came from another partition")
                .endsWith("key the topic by sensor");
    }

    /** They are not among the events read, so every share and sum looks right without them. */
    @Test
    void isLoudAboutOffsetsThatWereDeletedBeforeTheyWereRead() {
        events(7_200, 0, 0);
        readings(7_200, 7_200, 0);
        tally.add(Counter.OFFSETS_LOST, 1_500);

        assertThat(summary().lines())
                .anyMatch(line -> line.matches("  offsets lost +1,500 *"))
                .last()
                .asString()
                .isEqualTo("LOOK: 1,500 offsets were deleted before they were read: keep records longer (retention.ms),"
                        + " or run more often");
    }

    @Test
    void aTopicThatWasRepartitionedOnceIsNoReason() {
        events(7_200, 0, 0);
        readings(7_200, 7_200, 0);
        tally.add(Tally.Extra.PARTITION_SWITCHES, 72);

        assertThat(summary().suspicions()).isEmpty();
    }

    @Test
    void aRunThatReadNothingIsNoProblem() {
        assertThat(summary().suspicions()).isEmpty();
        assertThat(summary().lines()).contains("  events read           0");
    }

    @Test
    void isLoggedEachMinuteAtFirstAndThenEachHour() {
        SummaryTimes times = new SummaryTimes(0);
        long minute = Duration.ofMinutes(1).toMillis();
        assertThat(times.isDue(minute - 1)).isFalse();
        for (int i = 1; i <= 10; i++) {
            assertThat(times.isDue(i * minute)).as("minute %s", i).isTrue();
            assertThat(times.isDue(i * minute)).isFalse();
        }
        assertThat(times.isDue(69 * minute)).isFalse();
        assertThat(times.isDue(70 * minute)).isTrue();
    }

    private Summary summary() {
        return new Summary(TestConfigs.longJson(), RunReport.of(tally, false));
    }

    private void events(long read, long rejected, long empty) {
        tally.add(Counter.EVENTS_READ, read);
        tally.add(Counter.EVENTS_REJECTED, rejected);
        tally.add(Counter.EVENTS_DECODED, read - rejected);
        tally.add(Counter.EVENTS_EMPTY, empty);
    }

    private void readings(long decoded, long accepted, long rejected) {
        tally.add(Counter.READINGS_DECODED, decoded);
        tally.add(Counter.READINGS_ACCEPTED, accepted);
        tally.add(Counter.READINGS_REJECTED, rejected);
    }
}

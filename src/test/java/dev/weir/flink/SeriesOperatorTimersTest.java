package dev.weir.flink;

import static dev.weir.flink.SeriesOperatorFixture.KEY;
import static dev.weir.flink.SeriesOperatorFixture.config;
import static dev.weir.flink.SeriesOperatorFixture.reading;
import static dev.weir.flink.SeriesOperatorFixture.timing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The timers of {@link SeriesOperator}: few, in time, and none left behind; and what they bring about. */
class SeriesOperatorTimersTest {
    @Test
    void keepsOneTimerASeries() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            for (int i = 0; i < 100; i++) {
                harness.advanceTo(i * 100L);
                harness.process(reading(KEY, i, 1000 + i, i));
            }
            assertThat(harness.timers()).isEqualTo(1);
        }
    }

    /** A reading that brings what is due nearer moves the timer; the one that Flink already has must go. */
    @Test
    void aTimerThatMovesLeavesNoneBehind() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1)); // due after 70 s
            harness.advanceTo(1_100);
            assertThat(harness.timers()).isEqualTo(1);
            harness.process(reading(KEY, 1, 50, 1)); // due 30 s after now: the window ends in 10 s
            harness.advanceTo(2_200);
            assertThat(harness.timers()).isEqualTo(1);
            harness.advanceTo(31_100);
            harness.drain();
            assertThat(harness.rows).hasSize(1);
        }
    }

    /** Counted as live again, with a timer of its own. */
    @Test
    void aTombstoneThatWakesHasATimer() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.advanceTo(Duration.ofDays(1).toMillis());
            harness.process(reading(KEY, 1, 120, 1));
            harness.advanceBy(69_999);
            harness.drain();
            assertThat(harness.rows).hasSize(1);
            harness.advanceBy(1);
            harness.drain();
            assertThat(harness.rows).hasSize(2);
        }
    }

    @Test
    void setsATimerWithinASecond() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            assertThat(harness.timers()).isZero();
            harness.advanceTo(1_000);
            assertThat(harness.timers()).isEqualTo(1);
        }
    }

    /** With RocksDB's timers, and with those of the heap, which Flink writes before it asks the operator for its state. */
    @ParameterizedTest
    @EnumSource(PriorityQueueStateType.class)
    void aSnapshotHasTheTimersThatWait(PriorityQueueStateType kept) throws Exception {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setPriorityQueueStateType(kept);
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1, backend)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.rescale(2);
            assertThat(harness.timers()).isEqualTo(1);
            harness.advanceTo(70_000);
            harness.drain();
            assertThat(harness.rows).hasSize(1);
        }
    }

    @Test
    void flushesASilentSeriesEvenWhenItHasLeftTheCache() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 1, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.process(reading(new SeriesKey("s-2", "temperature"), 1, 0, 1));
            harness.advanceTo(69_999); // 60 s to the end of the window + 10 s of disorder
            harness.drain();
            assertThat(harness.rows).isEmpty();
            harness.advanceTo(70_000);
            harness.drain();
            assertThat(harness.rows).hasSize(2);
        }
    }

    @Test
    void countsTheSilenceAnewAfterARestore() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.advanceTo(60_000);
            harness.rescale(2);
            harness.advanceTo(129_999);
            harness.drain();
            assertThat(harness.rows).isEmpty();
            harness.advanceTo(130_000);
            harness.drain();
            assertThat(harness.rows).hasSize(1);
        }
    }

    @Test
    void shrinksASeriesAfterTheRetentionAndLeavesNoTimer() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 0, 1));
            harness.advanceTo(Duration.ofDays(1).toMillis());
            assertThat(harness.timers()).isZero();
            harness.process(reading(KEY, 1, 0, 1));
            harness.drain();
            assertThat(harness.deadLetters.get(0).rejects().get(0).reason()).isEqualTo(Reason.LATE);
        }
    }

    /** The timer fires a millisecond after a reading came, in an attempt that is older than the retention. */
    @Test
    void keepsALiveSeriesWhenTheWallClockStepsBack() throws Exception {
        for (int cached : new int[] {10, 1}) {
            try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), cached, 1)) {
                long millis = 0;
                for (int hour = 0; hour < 30; hour++) {
                    millis = Duration.ofHours(hour).toMillis();
                    harness.advanceTo(millis);
                    harness.process(reading(KEY, hour, 3_600L * hour, hour));
                    harness.process(reading(new SeriesKey("s-2", "temperature"), hour, 0, 1)); // takes its place
                }
                harness.advanceTo(millis - 1);
                harness.fireTimer(KEY, millis - 1);
                harness.process(reading(KEY, 30, 3_600L * 29, 29), reading(KEY, 31, 3_600L * 29 - 1, 29));
                harness.drain();
                assertThat(harness.deadLetters)
                        .filteredOn(letter -> letter.origin().offset() >= 30)
                        .as("held: %s", cached)
                        .extracting(letter -> letter.rejects().get(0).reason())
                        .containsExactly(Reason.DUPLICATE);
            }
        }
    }

    @Test
    void aSilentSeriesFollowsAnIdleFlushAndARetentionThatWereShortened() throws Exception {
        for (StateBackend backend : List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())) {
            WeirConfig slow = timing(Duration.ofHours(10), Duration.ofHours(20));
            try (SeriesHarness harness = new SeriesHarness(slow, 10, 1, backend)) {
                harness.process(reading(KEY, 0, 0, 1));
                harness.advanceTo(1_000);
                harness.restartWith(timing(Duration.ofSeconds(30), Duration.ofHours(1)));
                assertThat(harness.timers()).isEqualTo(1);
                harness.advanceTo(70_999);
                harness.drain();
                assertThat(harness.rows).isEmpty();
                harness.advanceTo(71_000); // 60 s + 10 s after the restart
                harness.drain();
                assertThat(harness.rows).hasSize(1);

                harness.advanceTo(Duration.ofHours(1).toMillis() + 1_000);
                assertThat(harness.timers()).as("a tombstone has none").isZero();
                harness.process(reading(KEY, 1, 0, 1));
                harness.drain();
                assertThat(harness.deadLetters.get(0).rejects().get(0).reason()).isEqualTo(Reason.LATE);
            }
        }
    }

    @Test
    void aSilentSeriesIsFlushedInTimeOnAMachineWhoseClockIsBehind() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.advanceTo(Duration.ofDays(365).toMillis());
            harness.process(reading(KEY, 0, 0, 1));
            harness.advanceTo(0);
            harness.process(reading(KEY, 1, 0, 1)); // a duplicate: the job has seen the earlier time
            harness.rescale(2);
            harness.advanceTo(69_999);
            harness.drain();
            assertThat(harness.rows).isEmpty();
            harness.advanceTo(70_000);
            harness.drain();
            assertThat(harness.rows).hasSize(1);
            harness.advanceTo(72_000); // the next one, for the retention, has waited for a second
            assertThat(harness.timers()).isEqualTo(1);
        }
    }
}

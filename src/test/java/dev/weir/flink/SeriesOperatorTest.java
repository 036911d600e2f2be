package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import dev.weir.testing.outputs.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeriesOperatorTest {
    private static final SeriesKey KEY = new SeriesKey("s-1", "temperature");

    @Test
    void sendsAKeyedRejectToTheDeadLettersWithItsEvent() throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 10, 1)) {
            harness.process(reading(KEY, 0, 1000, 1));
            harness.process(reading(KEY, 1, 1000, 2));
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

    /** Whatever is cached, in whatever batches they come, and wherever snapshots and rescales fall, the outcome is that of one subtask without any. */
    @Property(tries = 300)
    void isTheSameUnderAnyCacheAndRescale(@ForAll("steps") List<Step> steps) throws Exception {
        try (SeriesHarness straight = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), 1000, 1)) {
            for (Step step : steps) {
                straight.process(step.reading(steps.indexOf(step)));
                straight.advanceBy(step.waitMillis);
            }
            straight.endInput();
            for (int cached : new int[] {1, 2, 10}) {
                SeriesHarness interrupted = run(steps, cached);
                assertThat(outcome(interrupted)).isEqualTo(outcome(straight));
                assertThat(interrupted.rows).doesNotHaveDuplicates();
            }
        }
    }

    /** Five readings a second, of which most are settled and stored apart; some late, some again. */
    @Test
    void longSeriesThatTakeTurnsInTheCacheAreTheSame() throws Exception {
        Map<String, Object> expected = null;
        for (int cached : new int[] {1_000, 1, 2}) {
            StateBackend backend = cached == 2 ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
            try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), cached, 1, backend)) {
                Random random = new Random(1);
                for (int i = 0; i < 3_000; i++) {
                    int fifth = i / 3 - (random.nextInt(40) == 0 ? random.nextInt(150) : 0);
                    SeriesKey key = new SeriesKey("s-" + i % 3, "temperature");
                    harness.process(readingAt(key, i, 200_000L * fifth, random.nextInt(3)));
                    if (i == 1_500 && cached < 1_000) {
                        harness.rescale(2);
                    }
                }
                harness.endInput();
                expected = expected == null ? outcome(harness) : expected;
                assertThat(outcome(harness)).isEqualTo(expected);
                assertThat(harness.deadLetters).hasSizeGreaterThan(30);
            }
        }
    }

    private static SeriesHarness run(List<Step> steps, int cached) throws Exception {
        try (SeriesHarness harness = new SeriesHarness(config(DeadLetters.Payload.ORIGINAL), cached, 1)) {
            List<Reading> batch = new ArrayList<>();
            for (Step step : steps) {
                batch.add(step.reading(steps.indexOf(step)));
                if (step.waitMillis > 0 || step.rescaleTo > 0) {
                    harness.process(batch);
                    batch.clear();
                }
                harness.advanceBy(step.waitMillis);
                if (step.rescaleTo > 0) {
                    harness.rescale(step.rescaleTo);
                }
            }
            harness.process(batch);
            harness.endInput();
            return harness;
        }
    }

    /** Accepted readings and rejects in the order of their series; rows by their greatest revision. */
    private static Map<String, Object> outcome(SeriesHarness harness) {
        Map<String, Object> outcome = new HashMap<>();
        outcome.put(
                "accepted",
                harness.accepted.stream()
                        .map(reading -> reading.origin().offset() + " " + reading.quality())
                        .sorted()
                        .toList());
        outcome.put(
                "rejects",
                harness.deadLetters.stream()
                        .map(letter -> letter.origin().offset() + " " + letter.rejects())
                        .sorted()
                        .toList());
        harness.rows.stream()
                .sorted(Comparator.comparingLong(Aggregate::revision))
                .forEach(row -> outcome.put(row.series() + " " + row.windowStartMicros(), Rows.row(row)));
        return outcome;
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> rescales = Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, 1))
                .flatMap(rescale -> rescale == 0
                        ? Arbitraries.just(0)
                        : Arbitraries.integers().between(1, 4));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 400),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(0, 0, 0, 300, 1_000, 40_000),
                        rescales)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    /** One reading of one of five series, and perhaps a wait and a rescale after it. A class for its identity: equal steps may repeat. */
    static final class Step {
        final int sensor;
        final int second;
        final int value;
        final int waitMillis;
        final int rescaleTo;

        Step(int sensor, int second, int value, int waitMillis, int rescaleTo) {
            this.sensor = sensor;
            this.second = second;
            this.value = value;
            this.waitMillis = waitMillis;
            this.rescaleTo = rescaleTo;
        }

        Reading reading(int offset) {
            return SeriesOperatorTest.reading(new SeriesKey("s-" + sensor, "temperature"), offset, second, value);
        }

        @Override
        public String toString() {
            return "s-" + sensor + " at " + second + " s: " + value + ", then " + waitMillis + " ms"
                    + (rescaleTo > 0 ? " and to " + rescaleTo : "");
        }
    }

    private static Reading reading(SeriesKey key, int offset, long second, double value) {
        return readingAt(key, offset, second * 1_000_000, value);
    }

    private static Reading readingAt(SeriesKey key, int offset, long micros, double value) {
        return new Reading(
                key, micros, value, "Cel", null, 0, new Origin("t", 0, offset, 0), null, new byte[] {(byte) offset}, 0);
    }

    private static WeirConfig config(DeadLetters.Payload payload) {
        return config(payload, null);
    }

    private static WeirConfig timing(Duration idleFlush, Duration retention) {
        WeirConfig any = TestConfigs.longJson();
        TimeSettings time = new TimeSettings(
                any.time().disorder(),
                any.time().lateness(),
                any.time().futureSkew(),
                idleFlush,
                any.time().earliest());
        return config(DeadLetters.Payload.ORIGINAL, null, time, retention);
    }

    private static WeirConfig config(DeadLetters.Payload payload, Quota quota) {
        return config(payload, quota, TestConfigs.longJson().time(), Duration.ofHours(20));
    }

    private static WeirConfig config(DeadLetters.Payload payload, Quota quota, TimeSettings time, Duration retention) {
        WeirConfig any = TestConfigs.longJson();
        Catalog catalog = new Catalog(any.catalog().input(), Map.of(), true, quota);
        return new WeirConfig(
                "test",
                any.kafka(),
                time,
                List.of(Duration.ofMinutes(1)),
                retention,
                null,
                null,
                new DeadLetters("dlq", payload),
                false,
                catalog);
    }
}

package dev.weir.flink;

import static dev.weir.flink.SeriesOperatorFixture.config;
import static dev.weir.flink.SeriesOperatorFixture.reading;
import static dev.weir.flink.SeriesOperatorFixture.readingAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig.DeadLetters;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.outputs.Rows;
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
import org.junit.jupiter.api.Test;

/** The outcome of {@link SeriesOperator} depends neither on its cache nor on snapshots and rescales. */
class SeriesOperatorCacheTest {
    /**
     * Whatever is cached, in whatever batches they come, and wherever snapshots and rescales fall, the outcome is that
     * of one subtask without any.
     */
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
            return SeriesOperatorFixture.reading(new SeriesKey("s-" + sensor, "temperature"), offset, second, value);
        }

        @Override
        public String toString() {
            return "s-" + sensor + " at " + second + " s: " + value + ", then " + waitMillis + " ms"
                    + (rescaleTo > 0 ? " and to " + rescaleTo : "");
        }
    }
}

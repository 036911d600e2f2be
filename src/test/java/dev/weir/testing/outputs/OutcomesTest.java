package dev.weir.testing.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A comparison that could not fail would prove nothing: each way to differ is tried. */
class OutcomesTest {
    private final Outcome outcome = new Oracle(TestConfigs.longJson())
            .judge(Workload.of(TestConfigs.longJson(), 1).events());

    @Test
    void ignoresTheOrder() {
        Outcome shuffled = new Outcome(
                shuffled(outcome.readings()),
                shuffled(outcome.aggregates()),
                shuffled(outcome.rejects()),
                outcome.books());

        assertThatCode(() -> Outcomes.assertEqual(outcome, shuffled)).doesNotThrowAnyException();
    }

    @Test
    void namesADroppedADoubledAndAnUnexpectedReading() {
        List<Accepted> readings = new ArrayList<>(outcome.readings());
        Accepted dropped = readings.remove(3);
        Accepted doubled = readings.get(5);
        readings.add(doubled);
        Accepted other = at(readings.get(0), 77);
        readings.add(other);

        assertThatThrownBy(() -> Outcomes.assertReadings(outcome.readings(), readings))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 missing\n    " + dropped)
                .hasMessageContaining("1 doubled\n    " + doubled)
                .hasMessageContaining("1 not expected\n    " + other);
    }

    @Test
    void countsWhatIsMissingThereTooOftenAndDifferent() {
        List<Accepted> readings = new ArrayList<>(outcome.readings());
        readings.remove(3);
        readings.remove(3);
        readings.add(readings.get(5));
        readings.add(at(readings.get(0), 77));
        readings.set(1, withValue(readings.get(1), -77));
        Map<String, Long> books = new HashMap<>(outcome.books());
        books.merge("events.read", 1L, Long::sum);

        Differences differences =
                Outcomes.differences(outcome, new Outcome(readings, outcome.aggregates(), outcome.rejects(), books));

        assertThat(differences.missing()).isEqualTo(2);
        // One again, one that should not be there at all.
        assertThat(differences.doubled()).isEqualTo(2);
        // A reading and a counter.
        assertThat(differences.differing()).isEqualTo(2);
        assertThat(Outcomes.differences(outcome, outcome).isNone()).isTrue();
    }

    @Test
    void seesTwoValuesSwapped() {
        List<Accepted> readings = new ArrayList<>(outcome.readings());
        Accepted a = readings.get(0);
        Accepted b = readings.get(1);
        readings.set(0, withValue(a, b.value()));
        readings.set(1, withValue(b, a.value()));

        assertThatThrownBy(() -> Outcomes.assertReadings(outcome.readings(), readings))
                .hasMessageContaining("2 differing");
    }

    @Test
    void seesAnAggregateThatMissedOrMistookAReading() {
        List<Aggregate> otherCount = new ArrayList<>(outcome.aggregates());
        otherCount.set(
                2,
                with(
                        otherCount.get(2),
                        otherCount.get(2).sum(),
                        otherCount.get(2).count() + 1));
        List<Aggregate> otherSum = new ArrayList<>(outcome.aggregates());
        otherSum.set(
                2,
                with(
                        otherSum.get(2),
                        otherSum.get(2).sum() * (1 + 1e-8),
                        otherSum.get(2).count()));
        List<Aggregate> rounded = new ArrayList<>(outcome.aggregates());
        rounded.replaceAll(r -> with(r, r.sum() * (1 + 1e-14), r.count()));

        assertThatThrownBy(() -> Outcomes.assertAggregates(outcome.aggregates(), otherCount))
                .hasMessageContaining("1 differing");
        assertThatThrownBy(() -> Outcomes.assertAggregates(outcome.aggregates(), otherSum))
                .hasMessageContaining("1 differing");
        assertThatCode(() -> Outcomes.assertAggregates(outcome.aggregates(), rounded))
                .doesNotThrowAnyException();
    }

    @Test
    void comparesPublicDetailsOnly() {
        Origin origin = new Origin("t", 0, 0, 0);
        List<Rejected> late = List.of(new Rejected(origin, Reason.LATE, "", "m"));
        List<Rejected> lateSaid = List.of(new Rejected(origin, Reason.LATE, "1 s behind the floor", "m"));
        List<Rejected> same = List.of(new Rejected(origin, Reason.DUPLICATE, "same value", "m"));
        List<Rejected> other = List.of(new Rejected(origin, Reason.DUPLICATE, "other value", "m"));
        List<Rejected> range = List.of(new Rejected(origin, Reason.OUT_OF_RANGE, "126 above 125", "m"));
        List<Rejected> sentinel = List.of(new Rejected(origin, Reason.OUT_OF_RANGE, "sentinel", "m"));

        assertThatCode(() -> Outcomes.assertRejects(late, lateSaid)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Outcomes.assertRejects(same, other)).hasMessageContaining("1 differing");
        assertThatThrownBy(() -> Outcomes.assertRejects(range, sentinel)).hasMessageContaining("1 differing");
        assertThatThrownBy(() -> Outcomes.assertRejects(late, same)).hasMessageContaining("1 differing");
    }

    @Test
    void takesAnAbsentCounterForZero() {
        Map<String, Long> books = new HashMap<>(outcome.books());
        books.values().removeIf(count -> count == 0);

        assertThatCode(() -> Outcomes.assertBooks(outcome.books(), books)).doesNotThrowAnyException();
        books.merge("events.read", 1L, Long::sum);
        assertThatThrownBy(() -> Outcomes.assertBooks(outcome.books(), books)).hasMessageContaining("events.read");
    }

    private static Accepted at(Accepted r, long micros) {
        return new Accepted(r.series(), micros, r.value(), r.unit(), r.site(), r.quality(), r.origin());
    }

    private static Accepted withValue(Accepted r, double value) {
        return new Accepted(r.series(), r.eventTimeMicros(), value, r.unit(), r.site(), r.quality(), r.origin());
    }

    /** What the comparison with the oracle allows, the one of two runs does not. */
    @Test
    void twoRunsAreEqualToTheBit() {
        assertThatCode(() -> Outcomes.assertIdentical(outcome, outcome)).doesNotThrowAnyException();
        Aggregate row = outcome.aggregates().get(0);
        Accepted reading = outcome.readings().get(0);
        Outcome other = new Outcome(
                replaced(outcome.readings(), withValue(reading, Math.nextUp(reading.value()))),
                replaced(outcome.aggregates(), with(row, Math.nextUp(row.sum()), row.count())),
                outcome.rejects(),
                outcome.books());
        assertThatCode(() -> Outcomes.assertEqual(outcome, other)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Outcomes.assertIdentical(outcome, other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("readings: expected")
                .hasMessageContaining("aggregates: expected");
        Outcome zero = new Outcome(List.of(withValue(reading, 0.0)), List.of(), List.of(), Map.of());
        Outcome negative = new Outcome(List.of(withValue(reading, -0.0)), List.of(), List.of(), Map.of());
        assertThatThrownBy(() -> Outcomes.assertIdentical(zero, negative)).isInstanceOf(AssertionError.class);
    }

    /** Words that the comparison with the oracle leaves out, for they may change. */
    @Test
    void twoRunsGiveTheSameDetails() {
        Rejected reject = outcome.rejects().get(0);
        Rejected reworded = new Rejected(reject.origin(), reject.reason(), reject.detail() + "!", reject.metric());
        Outcome one = new Outcome(List.of(), List.of(), List.of(reject), Map.of());
        Outcome other = new Outcome(List.of(), List.of(), List.of(reworded), Map.of());
        assertThatThrownBy(() -> Outcomes.assertIdentical(one, other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rejects: expected");
        assertThatThrownBy(() -> Outcomes.assertIdentical(
                        one, new Outcome(List.of(), List.of(), List.of(reject), Map.of("events.read", 1L))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("events.read");
    }

    private static <T> List<T> replaced(List<T> list, T first) {
        List<T> replaced = new ArrayList<>(list);
        replaced.set(0, first);
        return replaced;
    }

    @Test
    void findsADifferenceAtTheEndsOfADouble() {
        Aggregate row = outcome.aggregates().get(0);
        for (double[] pair : new double[][] {
            {1e308, Double.POSITIVE_INFINITY},
            {Double.POSITIVE_INFINITY, 1e308},
            {1.5e308, 1.4e308},
            {1e308, -1e308},
            {1e308, Double.NaN}
        }) {
            assertThatThrownBy(() ->
                            Outcomes.assertAggregates(List.of(extreme(row, pair[0])), List.of(extreme(row, pair[1]))))
                    .isInstanceOf(AssertionError.class);
        }
        assertThatCode(() -> Outcomes.assertAggregates(
                        List.of(extreme(row, Double.POSITIVE_INFINITY)),
                        List.of(extreme(row, Double.POSITIVE_INFINITY))))
                .doesNotThrowAnyException();
    }

    private static Aggregate extreme(Aggregate row, double sum) {
        return RowEdit.of(row)
                .with("count", 3L)
                .with("sum", sum)
                .with("min", -1e308)
                .with("max", 1e308)
                .row();
    }

    private static Aggregate with(Aggregate row, double sum, long count) {
        return RowEdit.of(row).with("sum", sum).with("count", count).row();
    }

    private static <T> List<T> shuffled(List<T> elements) {
        List<T> copy = new ArrayList<>(elements);
        Collections.shuffle(copy, new Random(1));
        return copy;
    }
}

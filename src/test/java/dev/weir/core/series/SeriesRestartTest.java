package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import dev.weir.core.model.Aggregate;
import dev.weir.testing.generate.TestMetrics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a series keeps, and what it does not, over a start with other rules, a long silence, or a beginning in the middle of a stream. */
class SeriesRestartTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aLongerLatenessNeverLowersTheFloor() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1); // floor 880 s
        restart(series, lateness(Duration.ofMinutes(10)), null);
        assertThat(series.at(1010, 1)).isEqualTo("ok"); // 1010 s - 10 min is before it
        assertThat(series.at(880, 1)).isEqualTo("ok");
        assertThat(series.at(879, 1)).isEqualTo("LATE");
    }

    @Test
    void aShorterLatenessHoldsBeforeTheClockMoves() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1);
        restart(series, lateness(Duration.ofSeconds(30)), null);
        assertThat(series.at(969.999999, 1)).isEqualTo("LATE");
        assertThat(series.at(970, 1)).isEqualTo("ok");
    }

    @Test
    void aNewQuotaTakesOverHowFullTheBucketWas() {
        Quota before = quota("1", 10);
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), before, Generation.FIRST, MINUTE);
        for (int i = 0; i < 5; i++) {
            assertThat(series.at(i * 0.000001, 1)).isEqualTo("ok"); // 10 tokens -> 5
        }
        restart(series, SeriesFixture.unlimited(), quota("0.001", 10));
        for (int i = 5; i < 10; i++) {
            assertThat(series.at(i * 0.000001, 1)).isEqualTo("ok"); // 5 tokens -> 0
        }
        assertThat(series.at(0.000010, 1)).isEqualTo("RATE_LIMITED");
        restart(series, SeriesFixture.unlimited(), quota("1000", 1));
        assertThat(series.at(0.000011, 1)).isEqualTo("RATE_LIMITED"); // an empty bucket stays empty
    }

    /** Whether the token is of the same size or not. The readings are older than the first, so nothing is refilled. */
    @Test
    void aSmallerBucketIsAtMostFull() {
        for (String rate : List.of("1", "0.5")) {
            SeriesFixture series =
                    new SeriesFixture(SeriesFixture.unlimited(), quota("1", 10), Generation.FIRST, MINUTE);
            series.at(10, 1); // 9 left
            restart(series, SeriesFixture.unlimited(), quota(rate, 2));
            assertThat(series.at(9, 1)).isEqualTo("ok");
            assertThat(series.at(8, 1)).isEqualTo("ok");
            assertThat(series.at(7, 1)).isEqualTo("RATE_LIMITED");
        }
    }

    /** A reading that was rejected may have moved it far ahead of the clock. */
    @Test
    void aTombstoneForgetsTheClockOfItsQuota() {
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(SeriesFixture.rate("1", MINUTE), Action.REJECT, null, Action.FLAG),
                quota("0.1", 1),
                Generation.FIRST,
                MINUTE);
        series.at(0, 1);
        assertThat(series.at(1000, 99)).isEqualTo("SPIKE");
        series.silence(Duration.ofHours(1));
        assertThat(series.at(3, 1)).isEqualTo("ok");
        assertThat(series.at(4, 1)).isEqualTo("RATE_LIMITED");
        assertThat(series.at(100, 1)).isEqualTo("ok"); // refilled after 10 s
    }

    @Test
    void aTombstoneForgetsItsQuota() {
        SeriesFixture series =
                new SeriesFixture(SeriesFixture.unlimited(), quota("0.000001", 2), Generation.FIRST, MINUTE);
        series.at(0, 1);
        series.at(1, 1);
        assertThat(series.at(2, 1)).isEqualTo("RATE_LIMITED");
        series.silence(Duration.ofHours(1));
        assertThat(series.state.isTombstone()).isTrue();
        series.throughBytes();
        assertThat(series.at(3, 1)).isEqualTo("ok");
        assertThat(series.at(4, 1)).isEqualTo("ok");
        assertThat(series.at(5, 1)).isEqualTo("RATE_LIMITED");
    }

    @Test
    void aTombstoneForgetsItsLastValue() {
        Metric limited = SeriesFixture.metric(SeriesFixture.rate("1", MINUTE), Action.REJECT, MINUTE, Action.REJECT);
        SeriesFixture series = new SeriesFixture(limited, null, Generation.FIRST, MINUTE);
        series.at(0, 1);
        series.silence(Duration.ofHours(1));
        series.throughBytes();
        assertThat(series.at(61, 1)).isEqualTo("ok"); // would be STUCK
        series.silence(Duration.ofHours(1));
        assertThat(series.at(62, 99)).isEqualTo("ok"); // would be a SPIKE
    }

    /** A series that wakes is a live one again: its windows are flushed, and it can become a tombstone once more. */
    @Test
    void aTombstoneThatWakesIsNone() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 1);
        series.silence(Duration.ofHours(1));
        series.takeRows();
        series.at(120, 1);
        assertThat(series.state.isTombstone()).isFalse();
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(series.nowMillis + 70_000);
        series.silence(Duration.ofSeconds(70));
        assertThat(series.takeRows()).containsExactly("120: 1");
        series.throughBytes();
        assertThat(series.state.isTombstone()).isFalse();
        series.silence(Duration.ofHours(1));
        assertThat(series.state.isTombstone()).isTrue();
    }

    @Test
    void theIdleFlushCountsFromTheLastAcceptedReading() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        long accepted = series.nowMillis;
        series.silence(Duration.ofSeconds(20));
        assertThat(series.at(50, 1)).startsWith("DUPLICATE");
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(accepted + 30_000);
        series.silence(Duration.ofSeconds(10));
        assertThat(series.takeRows()).containsExactly("0: 1");
    }

    @Test
    void theRetentionCountsFromTheLastArrival() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        series.silence(Duration.ofMinutes(59));
        assertThat(series.at(50, 1)).startsWith("DUPLICATE");
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(series.nowMillis + 3_600_000);
        series.silence(Duration.ofMillis(3_599_999));
        assertThat(series.state.isTombstone()).isFalse();
        series.silence(Duration.ofMillis(1));
        assertThat(series.state.isTombstone()).isTrue();
    }

    /** A window that begins at the clock may have had readings before: the one at the clock, for instance. */
    @Test
    void anAddedLengthBeginsAfterAClockAtTheStartOfAWindow() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(3600, 1);
        series.configure(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE, Duration.ofHours(1));
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        series.at(3700, 1);
        series.at(7200, 1);
        series.machine.endOfInput(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .filteredOn(row -> row.windowSeconds() == 3600)
                .extracting(Aggregate::windowStartMicros, Aggregate::count)
                .containsExactly(tuple(7_200_000_000L, 1L));
    }

    @Test
    void aWindowThatStartsAtTheEndOfWhatMayBeMissingIsPartial() {
        SeriesFixture series =
                new SeriesFixture(SeriesFixture.unlimited(), null, new Generation(2, true), Duration.ofSeconds(20));
        series.at(100, 1); // what came before it may be missing up to 100 s + 2 min of lateness
        series.at(219.999999, 1);
        series.at(220, 1);
        series.at(240, 1);
        series.machine.endOfInput(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .extracting(row -> row.windowStartMicros() / 1_000_000, Aggregate::partial)
                .contains(tuple(200L, true), tuple(220L, true), tuple(240L, false));
    }

    private static void restart(SeriesFixture series, Metric metric, Quota quota) {
        series.throughBytes();
        series.configure(metric, quota, Generation.FIRST, MINUTE);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
    }

    private static Quota quota(String perSecond, long burst) {
        return new Quota(SeriesFixture.rate(perSecond, Duration.ofSeconds(1)), burst);
    }

    private static Metric lateness(Duration lateness) {
        Metric any = SeriesFixture.unlimited();
        return TestMetrics.named(any.name(), any.unit(), any.min(), any.max())
                .lateness(lateness)
                .build();
    }
}

package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the series' host is told of it, and rules away from zero: mutants that lived until these tests. */
class SeriesStateTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void saysWhenItTakesMoreHeap() {
        SeriesFixture series = SeriesFixture.minutes();
        assertThat(series.state.takeResized()).isTrue();
        assertThat(series.state.heapBytes()).isEqualTo(400 + 2 * 16);
        series.at(1000, 1);
        assertThat(series.state.takeResized()).as("its first window").isTrue();
        assertThat(series.state.takeResized()).isFalse();
        long one = series.state.heapBytes();
        assertThat(one).isEqualTo(400 + 2 * 16 + 96 + 144L * series.state.lengths[0].held());
        series.at(1001, 1);
        assertThat(series.state.takeResized()).as("room for two").isFalse();
        assertThat(series.state.heapBytes()).isEqualTo(one);
        series.at(1002, 1);
        assertThat(series.state.takeResized()).as("room for four").isTrue();
        assertThat(series.state.heapBytes()).isEqualTo(one + 2 * 16);
        series.at(1021, 1);
        assertThat(series.state.takeResized()).as("a second window").isTrue();
    }

    @Test
    void noticesThatItsReadingsComeFromAnotherPartition() {
        SeriesState state = new SeriesState();
        assertThat(state.switchesPartition(new Origin("t", 0, 0, 0)))
                .as("the first")
                .isFalse();
        assertThat(state.switchesPartition(new Origin("t", 0, 1, 0))).isFalse();
        assertThat(state.switchesPartition(new Origin("t", 1, 1, 0))).isTrue();
        assertThat(state.switchesPartition(new Origin("t", 1, 2, 0))).isFalse();
        assertThat(state.switchesPartition(new Origin("u", 1, 2, 0))).isTrue();
        assertThat(state.switchesPartition(new Origin("t", 1, 2, 0))).isTrue();
    }

    @Test
    void saysWhetherAnythingWasEmittedOrChanged() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE);
        series.at(1000, 1);
        assertThat(series.machine.endOfInput(series.state, SeriesFixture.KEY, series))
                .isTrue();
        assertThat(series.machine.endOfInput(series.state, SeriesFixture.KEY, series))
                .isFalse();
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isFalse();
        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), MINUTE);
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isTrue();
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isFalse();
        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), MINUTE, Duration.ofHours(1));
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isTrue();
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isFalse();
        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), Duration.ofHours(1));
        assertThat(series.machine.reconcile(series.state, SeriesFixture.KEY, series))
                .isTrue();
        assertThat(series.machine.leastWaitMillis()).isEqualTo(30_000);
    }

    @Test
    void aTombstoneKeepsNeitherTimesNorClosedWindows() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1);
        series.at(1100, 1);
        series.silence(Duration.ofHours(1));
        assertThat(series.state.accepted.size()).isZero();
        assertThat(series.state.lengths[0])
                .extracting(window -> window.startMicros)
                .containsExactly(1_080_000_000L);
    }

    @Test
    void oneReadingClosesSeveralWindows() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1);
        series.at(1020, 1);
        series.at(1080, 1);
        series.at(1094, 1); // past the disorder of both
        series.takeRows();
        series.at(1000.5, 1);
        series.at(1025, 1);
        series.at(1200, 1); // the third
        assertThat(series.takeRows()).containsExactly("960: 2", "1020: 2", "1080: 2");

        SeriesFixture another = SeriesFixture.minutes();
        another.at(1000, 1);
        another.at(1020, 1);
        another.at(1080, 1);
        another.at(1160, 1);
        assertThat(another.takeRows()).as("the first two by the third").containsExactly("960: 1", "1020: 1", "1080: 1");
        SeriesFixture third = SeriesFixture.minutes();
        third.at(1019, 1);
        third.at(1020, 1);
        third.at(1135, 1);
        assertThat(third.takeRows()).containsExactly("960: 1", "1020: 1");
    }

    /** The clock, advanced by the silence, must reach end + disorder, not only the end. */
    @Test
    void anIdleFlushWaitsForTheDisorder() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1055, 1); // the window ends at 1080, its result is due at 1090
        series.silence(Duration.ofMillis(34_999));
        assertThat(series.takeRows()).isEmpty();
        series.silence(Duration.ofMillis(1));
        assertThat(series.takeRows()).containsExactly("1020: 1");
    }

    @Test
    void countsFlaggedReadings() {
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(null, Action.REJECT, Duration.ofSeconds(5), Action.FLAG),
                null,
                Generation.FIRST,
                MINUTE);
        series.at(1000, 1);
        series.at(1004.999999, 1);
        series.at(1005, 1); // 5 s after the run began
        series.at(1006, 1);
        series.at(1007, 2);
        series.machine.endOfInput(series.state, SeriesFixture.KEY, series);
        assertThat(series.accepted).extracting("quality").containsExactly(0, 0, Flag.STUCK.bit(), Flag.STUCK.bit(), 0);
        assertThat(series.rows)
                .extracting(Aggregate::count, Aggregate::flaggedCount)
                .containsExactly(tuple(5L, 2L));
    }

    @Test
    void theRateIsOfTheTimeBetweenTwoReadings() {
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(
                        SeriesFixture.rate("10", Duration.ofMillis(500)), Action.REJECT, null, Action.FLAG),
                null,
                Generation.FIRST,
                MINUTE);
        series.at(1000, 20);
        assertThat(series.at(1000.5, 30.1)).isEqualTo("SPIKE");
        assertThat(series.at(1000.5, 30)).isEqualTo("ok");
        assertThat(series.at(1001.5, 50.1)).isEqualTo("SPIKE"); // from the reading at the clock, not from the first
    }

    /** A token is 2,000,000 parts, a microsecond refills 3. */
    @Test
    void theBucketRefillsExactlyAndNeverBeyondItsBurst() {
        Quota quota = new Quota(SeriesFixture.rate("90", MINUTE), 10);
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), quota, Generation.FIRST, MINUTE);
        drain(series, 1000, 10);
        drain(series, 1002, 3); // 3 tokens in 2 s, within microseconds
        for (int i = 0; i < 4; i++) {
            assertThat(series.at(1004 + i, 1)).isEqualTo("ok");
        }
        drain(series, 1013, 10); // full for a second and a half, and no fuller

        SeriesFixture single = new SeriesFixture(
                SeriesFixture.unlimited(), new Quota(SeriesFixture.rate("90", MINUTE), 1), Generation.FIRST, MINUTE);
        assertThat(single.at(1000, 1)).isEqualTo("ok");
        assertThat(single.at(1000.666666, 1)).isEqualTo("RATE_LIMITED"); // 1,999,998 parts
        assertThat(single.at(1000.666667, 1)).isEqualTo("ok");
    }

    private static void drain(SeriesFixture series, int second, int tokens) {
        for (int i = 0; i < tokens; i++) {
            assertThat(series.at(second + i / 1e6, 1))
                    .as("token %s at %s", i, second)
                    .isEqualTo("ok");
        }
        assertThat(series.at(second + tokens / 1e6, 1)).isEqualTo("RATE_LIMITED");
    }
}

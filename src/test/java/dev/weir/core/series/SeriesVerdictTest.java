package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import dev.weir.core.model.Flag;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeriesVerdictTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void acceptsAReadingAtTheFloorAndRejectsOneBehindIt() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1);
        assertThat(series.at(880, 1)).isEqualTo("ok"); // 1000 s - 2 min of lateness
        assertThat(series.at(879.999999, 1)).isEqualTo("LATE");
    }

    @Test
    void neverLowersTheFloorWhenTheLatenessGrows() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(1000, 1);
        series.throughBytes();
        assertThat(series.state.floorMicros).isEqualTo(880_000_000);
        assertThat(series.at(879, 1)).isEqualTo("LATE");
    }

    @Test
    void takesAnyEventTimeAsTheFirst() {
        assertThat(SeriesFixture.minutes().at(-1e9, 1)).isEqualTo("ok");
    }

    @Test
    void rejectsARepeatedEventTimeAndSaysWhetherTheValueDiffers() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(100, 1);
        series.at(101, 2);
        assertThat(series.at(100, 1)).isEqualTo("DUPLICATE same value");
        assertThat(series.at(100, 2)).isEqualTo("DUPLICATE other value");
        assertThat(series.at(101, 2)).isEqualTo("DUPLICATE same value");
    }

    @Test
    void judgesARejectedReadingAnewWhenItComesAgain() {
        SeriesFixture series = spiking(Action.REJECT);
        series.at(0, 20);
        assertThat(series.at(60, 31)).isEqualTo("SPIKE"); // 11 in a minute, 10 allowed
        assertThat(series.at(60, 31)).isEqualTo("SPIKE"); // not DUPLICATE
        assertThat(series.at(66, 31)).isEqualTo("ok"); // 11 in 66 s
    }

    @Test
    void letsAChangeAtTheLimitPass() {
        SeriesFixture series = spiking(Action.REJECT);
        series.at(0, 20);
        assertThat(series.at(60, 30)).isEqualTo("ok");
        assertThat(series.at(120, 20)).isEqualTo("ok");
    }

    @Test
    void flagsASpikeAndGoesOnFromIt() {
        SeriesFixture series = spiking(Action.FLAG);
        series.at(0, 20);
        assertThat(series.at(60, 50)).isEqualTo("ok");
        assertThat(series.at(120, 50)).isEqualTo("ok");
        assertThat(series.accepted).extracting("quality").containsExactly(0, Flag.SPIKE.bit(), 0);
    }

    @Test
    void doesNotJudgeTheRateOfAReadingBehindTheClock() {
        SeriesFixture series = spiking(Action.REJECT);
        series.at(100, 20);
        assertThat(series.at(99, 900)).isEqualTo("ok");
        assertThat(series.at(101, 20)).isEqualTo("ok"); // the reading at the clock is still 20
    }

    @Test
    void flagsAValueThatHasStoodStillForTooLong() {
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(null, Action.REJECT, MINUTE, Action.FLAG), null, Generation.FIRST, MINUTE);
        series.at(0, 7);
        series.at(59, 7);
        series.at(60, 7); // a minute after the run began
        series.at(61, 8);
        series.at(62, 7);
        assertThat(series.accepted).extracting("quality").containsExactly(0, 0, Flag.STUCK.bit(), 0, 0);
    }

    @Test
    void rejectsEveryFurtherReadingOfAStuckSensor() {
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(null, Action.REJECT, MINUTE, Action.REJECT), null, Generation.FIRST, MINUTE);
        series.at(0, 7);
        assertThat(series.at(60, 7)).isEqualTo("STUCK");
        assertThat(series.at(120, 7)).isEqualTo("STUCK");
        assertThat(series.at(121, 7.5)).isEqualTo("ok");
    }

    @Test
    void refillsTheQuotaByEventTimeOnly() {
        // Half a token a second, two at most.
        Quota quota = new Quota(SeriesFixture.rate("0.5", Duration.ofSeconds(1)), 2);
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), quota, Generation.FIRST, MINUTE);
        assertThat(series.at(0, 1)).isEqualTo("ok"); // 2 -> 1
        assertThat(series.at(1, 1)).isEqualTo("ok"); // 1.5 -> 0.5
        assertThat(series.at(1.999998, 1)).isEqualTo("RATE_LIMITED"); // 0.999999, one microsecond short
        assertThat(series.at(2, 1))
                .isEqualTo("ok"); // 1 -> 0: the rejected one moved the bucket's clock and took nothing
        assertThat(series.at(1.5, 1)).isEqualTo("RATE_LIMITED"); // older: refills nothing
        assertThat(series.at(1, 1)).isEqualTo("DUPLICATE same value"); // asked before the quota
        assertThat(series.at(1000, 1)).isEqualTo("ok"); // full again: 2 -> 1
        assertThat(series.at(1000.000001, 1)).isEqualTo("ok");
        assertThat(series.at(1000.000002, 1)).isEqualTo("RATE_LIMITED");
    }

    @Test
    void takesAQuotaTokenForAReadingThatALaterRuleRejects() {
        Quota quota = new Quota(SeriesFixture.rate("1", Duration.ofHours(1)), 2);
        SeriesFixture series = new SeriesFixture(
                SeriesFixture.metric(SeriesFixture.rate("10", MINUTE), Action.REJECT, null, Action.FLAG),
                quota,
                Generation.FIRST,
                MINUTE);
        series.at(0, 20);
        assertThat(series.at(1, 99)).isEqualTo("SPIKE");
        assertThat(series.at(2, 20)).isEqualTo("RATE_LIMITED");
    }

    private static SeriesFixture spiking(Action onSpike) {
        return new SeriesFixture(
                SeriesFixture.metric(SeriesFixture.rate("10", MINUTE), onSpike, null, Action.FLAG),
                null,
                Generation.FIRST,
                MINUTE);
    }
}

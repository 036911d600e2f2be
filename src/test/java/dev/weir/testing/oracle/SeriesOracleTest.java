package dev.weir.testing.oracle;

import static dev.weir.core.catalog.Metric.Action.FLAG;
import static dev.weir.core.catalog.Metric.Action.REJECT;
import static dev.weir.testing.generate.TestMetrics.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.testing.generate.TestMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The keyed rules. Times are seconds from the arrival; lateness is 60 s unless a metric says otherwise. */
class SeriesOracleTest {
    private static final Metric PLAIN = named("m", "Cel").build();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void countsAReadingAtTheFloorAndRejectsOneBeforeIt() {
        // clock -100, floor -160
        assertThat(Feed.of(null, PLAIN)
                        .at(-100, "m", "1")
                        .at(-160, "m", "1")
                        .at(-160.001, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok", "LATE");
    }

    @Test
    void takesTheLatenessOfTheMetric() {
        Metric patient = named("m", "Cel").lateness(MINUTE.multipliedBy(2)).build();
        assertThat(Feed.of(null, patient)
                        .at(-100, "m", "1")
                        .at(-220, "m", "1")
                        .at(-221, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok", "LATE");
    }

    @Test
    void keepsAClockPerSeries() {
        Metric other = named("n", "Cel").build();
        assertThat(Feed.of(null, PLAIN, other)
                        .at(-100, "m", "1")
                        .at(-1000, "n", "1")
                        .verdicts())
                .containsExactly("ok", "ok");
    }

    @Test
    void comparesADuplicateWithTheFirstAcceptedValue() {
        assertThat(Feed.of(null, PLAIN)
                        .at(-100, "m", "0.0")
                        .at(-100, "m", "2")
                        .at(-100, "m", "2")
                        .at(-100, "m", "-0.0")
                        .verdicts())
                .containsExactly("ok", "DUPLICATE other value", "DUPLICATE other value", "DUPLICATE same value");
    }

    @Test
    void callsADuplicateBehindTheFloorLate() {
        assertThat(Feed.of(null, PLAIN)
                        .at(-200, "m", "1")
                        .at(-100, "m", "1")
                        .at(-200, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok", "LATE");
    }

    @Test
    void refillsTheQuotaInEventTimeOnly() {
        // Burst 2, one token in 10 s. At -100 both tokens go; at -95 half a token is there; at -90 a whole one, which
        // goes.
        // -99 and -98 are older than the greatest judged time: they refill nothing. At -70 two tokens are there, not 2
        // 1/2.
        Quota quota = TestMetrics.quota("6", MINUTE, 2);
        assertThat(Feed.of(quota, PLAIN)
                        .at(-100, "m", "1")
                        .at(-101, "m", "1")
                        .at(-95, "m", "1")
                        .at(-90, "m", "1")
                        .at(-99, "m", "1")
                        .at(-65, "m", "1")
                        .at(-66, "m", "1")
                        .at(-67, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok", "RATE_LIMITED", "ok", "RATE_LIMITED", "ok", "ok", "RATE_LIMITED");
    }

    @Test
    void takesNoTokenForLateAndDuplicateReadingsButForSpikes() {
        // Burst 3 and next to no refill: -100 takes one, the duplicate and the late one none, the spike one, -90 the
        // last.
        Metric spiky = named("m", "Cel").maxRate("1", MINUTE, REJECT).build();
        assertThat(Feed.of(TestMetrics.quota("1", Duration.ofDays(1), 3), spiky)
                        .at(-100, "m", "1")
                        .at(-100, "m", "1")
                        .at(-1000, "m", "1")
                        .at(-99, "m", "50")
                        .at(-90, "m", "1")
                        .at(-80, "m", "1")
                        .verdicts())
                .containsExactly("ok", "DUPLICATE same value", "LATE", "SPIKE", "ok", "RATE_LIMITED");
    }

    @Test
    void callsAChangeAboveTheRateASpikeAndOneAtTheRateGood() {
        // 6/min is 1 in 10 s
        Metric spiky = named("m", "Cel").maxRate("6", MINUTE, REJECT).build();
        assertThat(Feed.of(null, spiky)
                        .at(-100, "m", "1")
                        .at(-90, "m", "2")
                        .at(-80, "m", "0.9")
                        .at(-70, "m", "0")
                        .verdicts())
                .containsExactly("ok", "ok", "SPIKE", "ok");
    }

    @Test
    void measuresTheNextChangeFromAFlaggedSpike() {
        // 1 -> 100 is a spike and kept; 100 -> 101 in 10 s is not; back to 1 is one again
        Metric spiky = named("m", "Cel").maxRate("6", MINUTE, FLAG).build();
        assertThat(Feed.of(null, spiky)
                        .at(-100, "m", "1")
                        .at(-90, "m", "100")
                        .at(-80, "m", "101")
                        .at(-70, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok 2", "ok", "ok 2");
    }

    @Test
    void judgesNoSpikeAtOrBeforeTheClockAndDoesNotMeasureFromThere() {
        Metric spiky = named("m", "Cel").maxRate("6", MINUTE, REJECT).build();
        assertThat(Feed.of(null, spiky)
                        .at(-100, "m", "1")
                        .at(-101, "m", "500")
                        .at(-90, "m", "2")
                        .verdicts())
                .containsExactly("ok", "ok", "ok");
    }

    @Test
    void callsTheSameValueStuckFromTheGivenTimeOn() {
        Metric sticky = named("m", "Cel").stuckAfter(MINUTE, FLAG).build();
        assertThat(Feed.of(null, sticky)
                        .at(-200, "m", "1")
                        .at(-141, "m", "1")
                        .at(-140, "m", "1")
                        .at(-130, "m", "1")
                        .at(-120, "m", "2")
                        .at(-61, "m", "2")
                        .verdicts())
                .containsExactly("ok", "ok", "ok 4", "ok 4", "ok", "ok");
    }

    @Test
    void countsARunByTheClockAndNotByArrival() {
        // 7 at -150 arrives behind the clock: the run of 1 goes on
        Metric sticky = named("m", "Cel").stuckAfter(MINUTE, REJECT).build();
        assertThat(Feed.of(null, sticky)
                        .at(-200, "m", "1")
                        .at(-145, "m", "1")
                        .at(-150, "m", "7")
                        .at(-140, "m", "1")
                        .at(-139, "m", "1")
                        .verdicts())
                .containsExactly("ok", "ok", "ok", "STUCK", "STUCK");
    }

    @Test
    void aRejectedReadingLeavesNoTrace() {
        // The spike at +200 does not move the clock: -100 - 60 still counts; sent again with a good value it is no
        // duplicate.
        Metric spiky = named("m", "Cel").maxRate("6", MINUTE, REJECT).build();
        assertThat(Feed.of(null, spiky)
                        .at(-100, "m", "1")
                        .at(200, "m", "500")
                        .at(-160, "m", "1")
                        .at(200, "m", "1")
                        .verdicts())
                .containsExactly("ok", "SPIKE", "ok", "ok");
    }

    @Test
    void collectsTheBitsOfAllFlags() {
        // 0 -> 200 in 10 s: out of range and a spike. 200 for 60 s: out of range and stuck.
        Metric all = named("m", "Cel", 0, 100)
                .flagOutOfRange()
                .maxRate("6", MINUTE, FLAG)
                .stuckAfter(MINUTE, FLAG)
                .build();
        assertThat(Feed.of(null, all)
                        .at(-100, "m", "0")
                        .at(-90, "m", "200")
                        .at(-30, "m", "200")
                        .verdicts())
                .containsExactly("ok", "ok 3", "ok 5");
    }
}

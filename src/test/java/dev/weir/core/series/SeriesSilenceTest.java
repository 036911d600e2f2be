package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.series.SeriesOutput.Cause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a series that sends nothing: its windows are flushed, then it is shrunk to a tombstone. */
class SeriesSilenceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void flushesASilentSeriesWithoutMovingItsClock() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        long due = series.machine.nextDueMillis(series.state);
        assertThat(due - series.nowMillis).isEqualTo(30_000); // 60 s + 10 s - 50 s is 20 s, but idle flush is 30 s
        series.silence(Duration.ofMillis(29_999));
        assertThat(series.takeRows()).isEmpty();
        series.silence(Duration.ofMillis(1));
        assertThat(series.causes).containsExactly(Cause.FLUSH);
        assertThat(series.takeRows()).containsExactly("0: 1");
        assertThat(series.at(51, 1)).isEqualTo("ok");
        assertThat(series.takeRows()).isEmpty(); // the window is still open
        series.at(70, 1);
        assertThat(series.takeRows()).containsExactly("0: 2");
    }

    @Test
    void flushesALongWindowOnlyWhenItsEndIsReached() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, Generation.FIRST, HOUR);
        series.at(3590.5, 1);
        series.silence(Duration.ofSeconds(30)); // 3620.5 s >= 3610 s
        assertThat(series.takeRows()).containsExactly("0: 1");
        series.at(3601, 1);
        series.silence(Duration.ofMinutes(50));
        assertThat(series.takeRows()).isEmpty();
    }

    @Test
    void countsSilenceFromTheStartOfTheAttempt() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        series.nowMillis += 100_000;
        series.throughBytes();
        series.state.clampTimes(series.nowMillis, series.nowMillis);
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(series.nowMillis + 30_000);
        series.silence(Duration.ofMillis(29_999));
        assertThat(series.takeRows()).isEmpty();
        series.silence(Duration.ofMillis(1));
        assertThat(series.takeRows()).containsExactly("0: 1");
    }

    @Test
    void aJobThatWasDownForLongerThanTheRetentionForgetsNothing() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        series.throughBytes();
        series.nowMillis += Duration.ofHours(10).toMillis();
        series.state.clampTimes(series.nowMillis, series.nowMillis);
        series.silence(Duration.ofMillis(3_599_999));
        assertThat(series.state.isTombstone()).isFalse();
        series.silence(Duration.ofMillis(1));
        assertThat(series.state.isTombstone()).isTrue();
    }

    /** A wall clock steps back by a millisecond, or by an hour, in an attempt that is older than the retention. */
    @Test
    void aClockThatStepsBackIsNoSilence() {
        SeriesFixture series = SeriesFixture.minutes();
        for (Duration step : List.of(Duration.ofMillis(1), Duration.ofHours(1))) {
            series.nowMillis += Duration.ofHours(3).toMillis();
            assertThat(series.at((double) series.nowMillis, 1)).isEqualTo("ok");
            series.silence(step.negated());
            assertThat(series.state.isTombstone()).isFalse();
            assertThat(series.at((double) series.nowMillis + 10_000_000, 1)).isEqualTo("ok");
        }
        series.silence(Duration.ofMillis(3_599_999));
        assertThat(series.state.isTombstone()).isFalse();
        series.silence(Duration.ofMillis(1));
        assertThat(series.state.isTombstone()).isTrue();
    }

    /** The machine before ran an hour ahead, or the clock has stepped back since the series left the cache. */
    @Test
    void aTimeAheadOfTheClockCountsAsNowWhenTheSeriesIsLoaded() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        series.throughBytes();
        series.nowMillis -= Duration.ofHours(1).toMillis();
        series.state.clampTimes(series.nowMillis, series.nowMillis);
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(series.nowMillis + 30_000);
        series.silence(Duration.ofSeconds(30));
        assertThat(series.takeRows()).containsExactly("0: 1");
        assertThat(series.machine.nextDueMillis(series.state))
                .as("nothing but the retention is left")
                .isEqualTo(series.nowMillis - 30_000 + 3_600_000);

        series.at(60, 1);
        series.nowMillis -= 1;
        series.state.clampTimes(0, series.nowMillis); // of an attempt that is older than the retention
        series.silence(Duration.ZERO);
        assertThat(series.state.isTombstone()).isFalse();
    }

    @Test
    void shrinksToATombstoneThatStillKnowsItsOpenWindow() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE, HOUR);
        series.at(3599, 1);
        series.at(3605, 1);
        series.silence(Duration.ofMinutes(60));
        assertThat(series.state.isTombstone()).isTrue();
        assertThat(series.takeRows()).containsExactly("3540: 1", "3600: 1", "0: 1", "3600: 1");
        assertThat(series.machine.nextDueMillis(series.state)).isEqualTo(Long.MAX_VALUE);
        series.throughBytes();
        assertThat(series.at(3605, 1)).isEqualTo("LATE");
        assertThat(series.at(3605.000001, 1)).isEqualTo("ok");
        series.at(7300, 1);
        assertThat(series.takeRows()).containsExactly("3600: 2", "3600: 2");
    }
}

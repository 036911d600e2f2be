package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.weir.core.model.Aggregate;
import dev.weir.core.series.SeriesOutput.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeriesWindowTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void emitsAWindowWhenTheClockReachesItsEndPlusTheDisorder() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 1);
        series.at(69.999999, 1);
        assertThat(series.takeRows()).isEmpty();
        series.at(70, 1); // 60 s + 10 s
        assertThat(series.takeRows()).containsExactly("0: 1");
    }

    @Test
    void correctsARowForEachReadingThatComesAfterIt() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 1);
        series.at(100, 1);
        series.takeRows();
        series.at(30, 2);
        series.at(40, 3);
        assertThat(series.causes).containsOnly(Cause.CORRECTION);
        assertThat(series.takeRows()).containsExactly("0: 2", "0: 3");
    }

    @Test
    void dropsAWindowOnceTheFloorHasReachedItsEnd() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 1);
        series.at(179.999999, 1);
        assertThat(series.state.lengths[0]).hasSize(2);
        series.at(180, 1); // floor = 60 s
        assertThat(series.state.lengths[0])
                .extracting(window -> window.startMicros)
                .containsExactly(120_000_000L, 180_000_000L);
        assertThat(series.at(59.999999, 1)).isEqualTo("LATE");
    }

    @Test
    void alignsWindowsBeforeTheEpochDownward() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(-0.000001, 1);
        series.at(100, 1);
        assertThat(series.takeRows()).containsExactly("-60: 1");
    }

    @Test
    void keepsEveryLengthAtOnce() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE, HOUR);
        series.at(0, 1);
        series.at(3599, 2);
        series.at(3610, 3);
        assertThat(series.rows).extracting(Aggregate::windowSeconds).containsExactly(60, 60, 3600);
        assertThat(series.takeRows()).containsExactly("0: 1", "3540: 1", "0: 2");
    }

    @Test
    void summarizesWhatTheWindowHolds() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(20, 4);
        series.at(10, 1); // the first by event time
        series.at(30, 7); // the last
        series.at(25, 2);
        series.at(100, 0);
        Aggregate row = series.rows.get(0);
        assertThat(row.count()).isEqualTo(4);
        assertThat(row.revision()).isEqualTo(4);
        assertThat(row.sum()).isEqualTo(14);
        assertThat(row.mean()).isEqualTo(3.5);
        assertThat(row.min()).isEqualTo(1);
        assertThat(row.max()).isEqualTo(7);
        assertThat(row.firstValue()).isEqualTo(1);
        assertThat(row.lastValue()).isEqualTo(7);
        assertThat(row.site()).isEqualTo("site-3"); // of the third reading sent
        // deviations 0.5, -2.5, 3.5, -1.5: squares 0.25 + 6.25 + 12.25 + 2.25 = 21; 21 / 3 = 7
        assertThat(row.stddev()).isCloseTo(Math.sqrt(7), within(1e-12));
        assertThat(row.partial()).isFalse();
    }

    @Test
    void hasNoDeviationForOneReading() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 5);
        series.at(100, 5);
        assertThat(series.rows.get(0).stddev()).isNull();
    }

    @Test
    void keepsASmallSpreadAroundAGreatMean() {
        SeriesFixture series = SeriesFixture.minutes();
        for (int i = 0; i < 60; i++) {
            series.at(i, 1e9 + i % 2);
        }
        series.at(100, 0);
        // 30 times 0.5 to either side: variance 60 * 0.25 / 59
        assertThat(series.rows.get(0).stddev()).isCloseTo(Math.sqrt(15.0 / 59), within(1e-9));
    }

    @Test
    void sumsWithoutLosingSmallValuesBesideGreatOnes() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(0, 1e100);
        series.at(1, 1);
        series.at(2, -1e100);
        series.at(100, 0);
        assertThat(series.rows.get(0).sum()).isEqualTo(1);
    }

    @Test
    void saysWhichRowsAreTheFirstOfTheirWindows() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(59, 1);
        series.at(75, 1);
        series.throughBytes();
        series.at(58, 1);
        series.silence(Duration.ofSeconds(60));
        series.at(76, 1);
        series.silence(Duration.ofSeconds(60));
        assertThat(series.causes).containsExactly(Cause.FIRST, Cause.CORRECTION, Cause.FLUSH, Cause.FLUSH);
        assertThat(series.rows).extracting(Aggregate::first).containsExactly(true, false, true, false);
        series.takeRows();

        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), MINUTE);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .as("rows of the earlier generation have their keys")
                .extracting(Aggregate::first)
                .containsExactly(false, false);
    }

    @Test
    void marksRowsThatALaterGenerationWithoutStateMayHaveBegunTooLateFor() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, new Generation(2, true), MINUTE);
        series.at(100, 1); // partial up to 100 s + 2 min
        series.at(220, 1);
        series.at(240, 1);
        series.throughBytes();
        series.machine.endOfInput(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .extracting(Aggregate::windowStartMicros, Aggregate::partial)
                .contains(tuple(180_000_000L, true), tuple(240_000_000L, false));
    }
}

package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.core.model.Aggregate;
import dev.weir.core.series.SeriesOutput.Cause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A state that another generation wrote, or one with other windows. */
class StateReconcilerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void beginsAnAddedLengthWithTheFirstWindowAfterTheClock() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(3500, 1);
        series.throughBytes();
        series.configure(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE, HOUR);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        series.at(3550, 1);
        series.at(3600, 1);
        series.throughBytes();
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        series.at(7300, 1);
        assertThat(series.rows)
                .filteredOn(row -> row.windowSeconds() == 3600)
                .extracting(Aggregate::windowStartMicros, Aggregate::count)
                .containsExactly(tuple(3_600_000_000L, 1L));
    }

    @Test
    void emitsWhatARemovedLengthHasPendingAndDropsIt() {
        SeriesFixture series = new SeriesFixture(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE, HOUR);
        series.at(3500, 1);
        series.configure(SeriesFixture.unlimited(), null, Generation.FIRST, MINUTE);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .extracting(Aggregate::windowSeconds, Aggregate::first)
                .containsExactly(tuple(3600, true));
        assertThat(series.state.lengths).hasSize(1);
    }

    @Test
    void showsItsOpenWindowsAgainOnceInAHigherGeneration() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(59, 1);
        series.at(75, 1); // shows the first minute, the second is still under way
        assertThat(series.takeRows()).containsExactly("0: 1");
        series.throughBytes();
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        assertThat(series.takeRows()).as("in the same generation").isEmpty();

        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), MINUTE);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        series.throughBytes();
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        assertThat(series.rows)
                .extracting(Aggregate::windowStartMicros, Aggregate::count, Aggregate::generation)
                .containsExactly(tuple(0L, 1L, 2));
    }

    @Test
    void showsAgainWhatAnIdleFlushHasShownWithoutWaitingForSilence() {
        SeriesFixture series = SeriesFixture.minutes();
        series.at(50, 1);
        series.silence(Duration.ofSeconds(30));
        series.at(65, 1); // the second minute, which no row shows
        assertThat(series.takeRows()).containsExactly("0: 1");

        series.configure(SeriesFixture.unlimited(), null, new Generation(2, false), MINUTE);
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
        assertThat(series.causes).containsExactly(Cause.AGAIN);
        assertThat(series.takeRows()).containsExactly("0: 1");

        series.silence(Duration.ofSeconds(30)); // 65 s + 30 s reaches 70 s, but not 130 s
        assertThat(series.takeRows()).isEmpty();
        series.silence(Duration.ofSeconds(35));
        assertThat(series.causes).containsExactly(Cause.FLUSH);
        assertThat(series.takeRows()).containsExactly("60: 1");
    }
}

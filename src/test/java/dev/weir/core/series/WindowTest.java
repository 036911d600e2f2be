package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void hasTheLabelsOfTheReadingWithTheGreatestTime() {
        Window window = new Window(0);
        window.add(20, 1, false, "a", "Cel");
        window.add(10, 1, false, "b", "K");
        assertThat(window.site).isEqualTo("a");
        assertThat(window.unit).isEqualTo("Cel");
        window.add(30, 1, false, "c", "m");
        assertThat(window.site).isEqualTo("c");
        assertThat(window.unit).isEqualTo("m");
    }

    /** The mean is that of the compensated sum; the running mean, 2.0 after the fourth value, lost the small ones to the great. */
    @Test
    void theMeanIsThatOfTheSum() {
        Window window = new Window(0);
        for (double value : new double[] {1, 1e100, 1, -1e100}) {
            window.add(0, value, false, null, null);
        }
        assertThat(window.sum()).isEqualTo(2);
        assertThat(window.mean()).isEqualTo(0.5);
    }

    /** State of before format 7. */
    @Test
    void theMeanOfASumThatOverflowedLongAgoIsTheRunningOne() {
        Window window = new Window(0);
        window.count = 3;
        window.runningSum = Double.POSITIVE_INFINITY;
        window.compensation = Double.NEGATIVE_INFINITY;
        window.runningMean = 1e308;
        assertThat(window.mean()).isEqualTo(1e308);
    }

    @Test
    void isPendingUntilItsLastReadingIsShown() {
        Window window = new Window(0);
        assertThat(window.pending()).isFalse();
        window.add(0, 1, false, null, null);
        assertThat(window.pending()).isTrue();
        window.emittedCount = 1;
        assertThat(window.pending()).isFalse();
        window.add(1, 1, true, null, null);
        assertThat(window.pending()).isTrue();
        assertThat(window.flaggedCount).isEqualTo(1);
    }
}

package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptedTimesTest {
    private final AcceptedTimes accepted = new AcceptedTimes();

    @Test
    void keepsTimesInOrderWithTheirValues() {
        for (long time : new long[] {50, 10, 30, 40, 20}) {
            accepted.add(time, time / 10.0, SeriesState.NONE);
        }
        assertThat(accepted.size()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(accepted.timeAt(i)).isEqualTo(10L * (i + 1));
            assertThat(accepted.valueAt(i)).isEqualTo(i + 1);
            assertThat(accepted.find(10L * (i + 1))).isEqualTo(i);
            assertThat(accepted.find(10L * (i + 1) - 5)).isEqualTo(-i - 1);
        }
        assertThat(accepted.find(55)).isEqualTo(-6);
    }

    @Test
    void countsThroughATimeAlsoBehindTimesThatWereDropped() {
        for (long time = 10; time <= 50; time += 10) {
            accepted.add(time, 0, SeriesState.NONE);
        }
        assertThat(accepted.countThrough(9)).isZero();
        assertThat(accepted.countThrough(10)).isEqualTo(1);
        assertThat(accepted.countThrough(50)).isEqualTo(5);
        accepted.dropBefore(30);
        assertThat(accepted.size()).as("30 is not before the floor").isEqualTo(3);
        assertThat(accepted.countThrough(29)).isZero();
        assertThat(accepted.countThrough(30)).isEqualTo(1);
        assertThat(accepted.countThrough(45)).isEqualTo(2);
        assertThat(accepted.countThrough(60)).isEqualTo(3);
        assertThat(accepted.find(60)).isEqualTo(-4);
        accepted.dropAfter(40);
        assertThat(accepted.size()).isEqualTo(2);
        assertThat(accepted.timeAt(1)).isEqualTo(40);
    }

    /** Of eight places, six at most stay without a larger array: three quarters. */
    @Test
    void growsOnlyWhereDroppingFreesLessThanAQuarter() {
        for (int time = 0; time < 8; time++) {
            accepted.add(time, time, SeriesState.NONE);
        }
        assertThat(accepted.heapBytes()).isEqualTo(8 * 16);
        assertThat(accepted.add(8, 8, 2)).as("0 and 1 are behind the floor").isFalse();
        assertThat(accepted.heapBytes()).isEqualTo(8 * 16);
        assertThat(accepted.size()).isEqualTo(7);
        assertThat(accepted.timeAt(0)).isEqualTo(2);
        assertThat(accepted.add(9, 9, 2)).as("there is room for it").isFalse();
        assertThat(accepted.add(10, 10, 3)).as("only 2 is behind the floor").isTrue();
        assertThat(accepted.heapBytes()).isEqualTo(16 * 16);
        assertThat(accepted.size()).isEqualTo(8);
        assertThat(accepted.timeAt(7)).isEqualTo(10);
    }

    @Test
    void beginsAtTheFrontAgainOnceAllIsBehindTheFloor() {
        for (int time = 0; time < 1_000; time++) {
            accepted.dropBefore(time);
            assertThat(accepted.add(time, time, time)).isFalse();
        }
        assertThat(accepted.size()).isEqualTo(1);
        assertThat(accepted.heapBytes()).isEqualTo(2 * 16);
    }
}

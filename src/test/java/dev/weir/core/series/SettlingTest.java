package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SettlingTest {
    /**
     * Five readings a second, so that most of its times are settled; some late, also too late, and some again;
     * sometimes a silence, also one that shows what is pending and one that leaves a tombstone; and once another
     * configuration and once another generation.
     */
    @Property(tries = 300)
    void aLongSeriesIsTheSameHoweverOftenItIsStored(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int every) {
        SeriesFixture straight = SeriesFixture.minutes();
        SeriesFixture interrupted = SeriesFixture.minutes();
        double now = 0;
        for (int i = 0; i < 1_500; i++) {
            now += random.nextInt(700) == 0 ? random.nextInt(200) : 0.2;
            double second = random.nextInt(50) == 0 ? now - 0.2 * random.nextInt(650) : now;
            double value = random.nextInt(3) / 10.0;
            assertThat(interrupted.at(second, value)).isEqualTo(straight.at(second, value));
            if (random.nextInt(400) == 0) {
                Duration silence = random.nextInt(3) == 0 ? Duration.ofHours(2) : Duration.ofSeconds(31);
                straight.silence(silence);
                interrupted.silence(silence);
            }
            if (i % every == 0) {
                interrupted.throughBytes();
            }
            if (i == 900) {
                withWindowsOfTenSeconds(straight, Generation.FIRST);
                withWindowsOfTenSeconds(interrupted, Generation.FIRST);
            }
            if (i == 1_200) {
                withWindowsOfTenSeconds(straight, new Generation(2, false));
                withWindowsOfTenSeconds(interrupted, new Generation(2, false));
            }
        }
        assertThat(interrupted.accepted).isEqualTo(straight.accepted);
        assertThat(interrupted.rows).isEqualTo(straight.rows);
        assertThat(wholeBytes(interrupted.state)).isEqualTo(wholeBytes(straight.state));
    }

    private static byte[] wholeBytes(SeriesState series) {
        series.settledThroughMicros = SeriesState.NONE;
        return new SeriesStateCodec().encode(series);
    }

    private static void withWindowsOfTenSeconds(SeriesFixture series, Generation generation) {
        series.configure(SeriesFixture.unlimited(), null, generation, Duration.ofSeconds(10), Duration.ofMinutes(1));
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
    }

    @Test
    void aLongSeriesIsNotStoredWholeEachTime() {
        SeriesFixture series = full(1);
        long whole = series.otherBytes;
        for (int second = 120; second < 320; second++) {
            fiveReadings(series, second);
            series.throughBytes();
        }
        assertThat(series.settledBytes + series.otherBytes).isBetween(whole, 2 * 200 * whole / 5);
        assertThat(series.settledBytes).isBetween(2 * whole, 20 * whole);
    }

    /** It is stored with the rest, and what is settled of the same time is not read any more. */
    @Test
    void whatIsSettledStaysAsItIsWhereAReadingIsLate() {
        SeriesFixture series = full(1);
        series.throughBytes(); // settled, for it has not grown
        long settledBytes = series.settledBytes;
        long otherBytes = series.otherBytes;
        assertThat(settledBytes).isPositive();
        assertThat(series.at(99.9, 7)).isEqualTo("ok");
        series.throughBytes();
        assertThat(series.settledBytes).isEqualTo(settledBytes);
        assertThat(series.otherBytes - otherBytes).isBetween(100 * 5L, 120 * 7L);
        assertThat(series.state.accepted.size()).isEqualTo(5 * 120 + 1);
        for (double second : new double[] {99.8, 99.9, 100.0}) {
            assertThat(series.at(second, 7)).startsWith("DUPLICATE");
        }
    }

    /** Not twice what it would cost to store all of it each time, nearly all of which is open again each time. */
    @Test
    void lateReadingsDoNotHaveItSettledForNothing() {
        SeriesFixture series = full(1);
        long whole = series.otherBytes;
        for (int second = 120; second < 320; second++) {
            fiveReadings(series, second);
            assertThat(series.at(second - 99.9, 7)).isEqualTo("ok");
            series.throughBytes();
        }
        assertThat(series.otherBytes + series.settledBytes).isLessThan(3 * 200 * whole / 2);
    }

    /** Else a checkpoint would find what is settled of all of them to write. */
    @Test
    void seriesThatReportInStepAreNotSettledInStep() {
        List<SeriesFixture> all =
                IntStream.range(0, 100).mapToObj(SettlingTest::full).toList();
        long most = 0;
        for (int second = 120; second < 320; second++) {
            long settled = 0;
            for (SeriesFixture series : all) {
                fiveReadings(series, second);
                long before = series.settledBytes;
                series.throughBytes();
                settled += series.settledBytes > before ? 1 : 0;
            }
            most = second < 150 ? 0 : Math.max(most, settled); // at first all are
        }
        assertThat(most).isBetween(1L, 50L);
    }

    /** After the retention nothing is settled, and what was stored apart is taken away. */
    @Test
    void aTombstoneHasNoSettledTimes() {
        SeriesFixture series = full(1);
        series.throughBytes();
        assertThat(series.state.settledThroughMicros).isPositive();
        series.silence(Duration.ofHours(2));
        assertThat(series.state.settle(SeriesFixture.KEY)).isTrue();
        assertThat(new SeriesStateCodec().encodeSettled(series.state)).isNull();
    }

    @Test
    void aSeriesOf128ReadingsIsSettledIfItGrowsByASixteenth() {
        assertThat(settles(127, 0)).as("too short").isFalse();
        assertThat(settles(128, 8)).isTrue();
        assertThat(settles(128, 9)).as("grows too fast").isFalse();
    }

    private static boolean settles(int readings, int added) {
        SeriesFixture series = SeriesFixture.minutes();
        for (int i = 1; i < readings; i++) {
            assertThat(series.at(i / 100.0, 1)).isEqualTo("ok");
        }
        assertThat(series.at(75, 1)).isEqualTo("ok"); // shows the window of the others
        series.state.addedSinceStored = added;
        boolean settles = series.state.settle(SeriesFixture.KEY);
        assertThat(series.state.storedApart).isEqualTo(settles);
        return settles;
    }

    /** The window from 60 to 120 is shown at 130 only. */
    @Test
    void aWindowThatIsNotShownIsNotSettled() {
        SeriesFixture series = SeriesFixture.minutes();
        for (int second = 0; second < 125; second++) {
            fiveReadings(series, second);
        }
        series.throughBytes();
        series.throughBytes();
        assertThat(series.state.settledThroughMicros).isEqualTo(120_000_000 - 1);
        for (int second = 125; second < 131; second++) {
            fiveReadings(series, second);
        }
        assertThat(series.takeRows()).contains("60: 300");
    }

    @Test
    void readingsBehindTheFloorDoNotCount() {
        SeriesFixture series = full(1);
        series.at(225, 1); // the floor is 105
        assertThat(series.state.accepted.size()).as("not dropped yet").isGreaterThan(128);
        series.state.addedSinceStored = 0;
        assertThat(series.state.settle(SeriesFixture.KEY)).as("75 and one").isFalse();
        assertThat(series.state.accepted.size()).isEqualTo(76);
    }

    @Test
    void whatIsSettledStaysWhereTheSeriesGrowsTooFast() {
        SeriesFixture series = full(1);
        series.throughBytes();
        long through = series.state.settledThroughMicros;
        for (int second = 120; second < 200; second++) {
            fiveReadings(series, second);
        }
        // The floor is 79.8: 201 settled readings and 400 others, which are too many to be worth it.
        series.state.openStored = 10_000;
        assertThat(series.state.settle(SeriesFixture.KEY)).isFalse();
        assertThat(series.state.settledThroughMicros).isEqualTo(through);
        assertThat(series.state.storedApart).isTrue();
    }

    /** A reading before all others: nothing that is stored apart counts any more, and the store is to delete it. */
    @Test
    void whatIsStoredApartIsDeletedWhereNothingOfItCounts() {
        SeriesFixture series = SeriesFixture.minutes();
        for (int second = 10; second < 100; second++) {
            fiveReadings(series, second);
        }
        series.throughBytes();
        series.throughBytes();
        assertThat(series.state.storedApart).isTrue();
        assertThat(series.at(5, 7)).isEqualTo("ok");
        for (int second = 100; second < 110; second++) {
            fiveReadings(series, second);
        }
        assertThat(series.state.settle(SeriesFixture.KEY)).isTrue();
        assertThat(series.state.storedApart).isFalse();
        assertThat(new SeriesStateCodec().encodeSettled(series.state)).isNull();
        series.state.addedSinceStored = 1_000;
        assertThat(series.state.settle(SeriesFixture.KEY))
                .as("there is nothing to delete")
                .isFalse();
    }

    /** Of two minutes, stored once: whole, for it has grown by all of it. */
    private static SeriesFixture full(int number) {
        SeriesFixture series = SeriesFixture.minutes();
        series.storedAs = new SeriesKey("s-" + number, "temperature");
        for (int second = 0; second < 120; second++) {
            fiveReadings(series, second);
        }
        series.throughBytes();
        assertThat(series.settledBytes).isZero();
        return series;
    }

    private static void fiveReadings(SeriesFixture series, int second) {
        for (int fifth = 0; fifth < 5; fifth++) {
            assertThat(series.at(second + fifth / 5.0, fifth)).isEqualTo("ok");
        }
    }
}

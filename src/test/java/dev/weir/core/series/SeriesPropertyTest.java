package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.catalog.Metric.Action;
import dev.weir.config.catalog.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeriesPropertyTest {

    @Property
    void isTheSameAfterAnyNumberOfSnapshots(
            @ForAll @Size(max = 200) List<@IntRange(max = 2_000) Integer> tenths,
            @ForAll @IntRange(min = 1, max = 20) int every) {
        SeriesFixture straight = strict();
        SeriesFixture interrupted = strict();
        straight.sites = number -> "site-" + number / 3;
        interrupted.sites = straight.sites;
        for (int i = 0; i < tenths.size(); i++) {
            double second = i + tenths.get(i) / 10.0;
            double value = tenths.get(i) % 7;
            if (i % every == 0) {
                interrupted.throughBytes();
                interrupted.throughBytes();
            }
            assertThat(interrupted.at(second, value)).isEqualTo(straight.at(second, value));
        }
        straight.machine.endOfInput(straight.state, SeriesFixture.KEY, straight);
        interrupted.machine.endOfInput(interrupted.state, SeriesFixture.KEY, interrupted);
        assertThat(interrupted.rows).isEqualTo(straight.rows);
        assertThat(interrupted.accepted).isEqualTo(straight.accepted);
    }

    /**
     * Five readings a second, so that most of its times are settled; some late, by up to a minute, and some again; sometimes a silence, and
     * once another configuration and once another generation.
     */
    @Property(tries = 300)
    void aLongSeriesIsTheSameHoweverOftenItIsStored(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int every) {
        SeriesFixture straight = SeriesFixture.minutes();
        SeriesFixture interrupted = SeriesFixture.minutes();
        double now = 0;
        for (int i = 0; i < 1_500; i++) {
            now += random.nextInt(700) == 0 ? random.nextInt(200) : 0.2;
            double second = random.nextInt(50) == 0 ? now - 0.2 * random.nextInt(300) : now;
            double value = random.nextInt(3) / 10.0;
            assertThat(interrupted.at(second, value)).isEqualTo(straight.at(second, value));
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
    }

    private static void withWindowsOfTenSeconds(SeriesFixture series, Generation generation) {
        series.configure(SeriesFixture.unlimited(), null, generation, Duration.ofSeconds(10), Duration.ofMinutes(1));
        series.machine.reconcile(series.state, SeriesFixture.KEY, series);
    }

    @Test
    void aLongSeriesIsNotStoredWholeEachTime() {
        SeriesFixture series = SeriesFixture.minutes();
        for (int i = 0; i < 600; i++) {
            series.at(i / 5.0, i % 10);
        }
        series.throughBytes(); // whole, for it has grown by all of it
        long whole = series.otherBytes;
        for (int i = 600; i < 1_600; i++) {
            series.at(i / 5.0, i % 10);
            if (i % 5 == 0) {
                series.throughBytes();
            }
        }
        assertThat(series.settledBytes + series.otherBytes).isBetween(whole, 2 * 200 * whole / 5);
        assertThat(series.settledBytes).isBetween(2 * whole, 20 * whole);
    }

    /** After the retention nothing is settled, and what was stored apart is taken away. */
    @Test
    void aTombstoneHasNoSettledTimes() {
        SeriesFixture series = SeriesFixture.minutes();
        for (int i = 0; i < 400; i++) {
            series.at(i / 5.0, i);
            series.throughBytes();
        }
        assertThat(series.state.settledThroughMicros).isPositive();
        series.silence(Duration.ofHours(2));
        assertThat(series.state.settle()).isTrue();
        assertThat(new SeriesStateCodec().encodeSettled(series.state)).isNull();
    }

    @Property
    void aWindowThatIsUsedAgainHoldsNothingOfBefore(
            @ForAll List<Double> before, @ForAll @Size(min = 1) List<Double> after) {
        Window used = new Window(7);
        fill(used, before, true, "there");
        used.emittedCount = used.count;
        used.open(42);
        fill(used, after, false, null);
        Window fresh = new Window(42);
        fill(fresh, after, false, null);

        assertThat(used)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(fresh);
    }

    private static void fill(Window window, List<Double> values, boolean flagged, String site) {
        for (int i = 0; i < values.size(); i++) {
            window.add(window.startMicros + i, values.get(i), flagged, site, site);
        }
    }

    @Property
    void findsExactlyTheTimesThatASortedMapFinds(
            @ForAll List<@LongRange(min = -50, max = 50) Long> times,
            @ForAll @LongRange(min = 0, max = 60) long lateness) {
        AcceptedTimes accepted = new AcceptedTimes();
        TreeMap<Long, Double> model = new TreeMap<>();
        long floor = Long.MIN_VALUE;
        for (long time : times) {
            if (time < floor) {
                continue; // is never asked for
            }
            floor = Math.max(floor, time - lateness);
            assertThat(accepted.find(time) >= 0).isEqualTo(model.containsKey(time));
            if (model.putIfAbsent(time, time * 2.0) == null) {
                accepted.add(time, time * 2.0, floor);
            }
        }
        accepted.dropBefore(floor);
        model.headMap(floor).clear();
        assertThat(accepted.size()).isEqualTo(model.size());
        model.forEach((time, value) ->
                assertThat(accepted.valueAt(accepted.find(time))).isEqualTo(value));
    }

    @Property
    void readsBackEveryNumberItWrites(@ForAll List<Long> numbers, @ForAll double real, @ForAll String text) {
        StateWriter writer = new StateWriter();
        numbers.forEach(writer::writeLong);
        writer.writeDouble(real);
        writer.writeText(null);
        writer.writeText(text);
        StateReader reader = new StateReader(writer.toBytes());
        numbers.forEach(number -> assertThat(reader.readLong()).isEqualTo(number));
        assertThat(reader.readDouble()).isEqualTo(real);
        assertThat(reader.readText()).isNull();
        byte[] unicode = text.getBytes(StandardCharsets.UTF_8); // which has no unpaired surrogates
        assertThat(reader.readText()).isEqualTo(new String(unicode, StandardCharsets.UTF_8));
    }

    private static SeriesFixture strict() {
        return new SeriesFixture(
                SeriesFixture.metric(
                        SeriesFixture.rate("6", Duration.ofSeconds(1)),
                        Action.REJECT,
                        Duration.ofSeconds(3),
                        Action.FLAG),
                new Quota(SeriesFixture.rate("0.9", Duration.ofSeconds(1)), 3),
                Generation.FIRST,
                Duration.ofSeconds(7),
                Duration.ofMinutes(1));
    }
}

package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

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

    @Property
    void aWindowThatIsUsedAgainHoldsNothingOfBefore(
            @ForAll @Size(max = 20) List<Double> before, @ForAll @Size(min = 1, max = 20) List<Double> after) {
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

package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SeriesTableTest {

    /** Few keys, so that they come and go; many to a hash, so that they stand in each other's way. */
    @Property(tries = 300)
    void holdsWhatAHashMapHolds(@ForAll @Size(max = 400) List<@IntRange(min = 0, max = 120) Integer> turns) {
        SeriesTable table = new SeriesTable();
        Map<SeriesKey, CachedSeries> expected = new HashMap<>();
        for (int number : turns) {
            SeriesKey key = key(number);
            CachedSeries held = expected.remove(key);
            if (held == null) {
                CachedSeries added = new CachedSeries(key, 0, new SeriesState());
                table.add(added);
                expected.put(key, added);
            } else {
                table.remove(held);
            }
            for (int i = 0; i <= 120; i++) {
                assertThat(table.find(key(i))).isSameAs(expected.get(key(i)));
            }
            assertThat(table.size()).isEqualTo(expected.size());
        }
    }

    /** "Aa" and "BB" have the same hash, and so have all texts made of them: eight names to a hash, and neighbours of those. */
    private static SeriesKey key(int number) {
        StringBuilder sensor = new StringBuilder();
        for (int bit = 0; bit < 3; bit++) {
            sensor.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return new SeriesKey(sensor.toString(), "m-" + number / 8);
    }

    @Property(tries = 3)
    void growsWithWhatItHolds(@ForAll @IntRange(min = 1_000, max = 20_000) int count) {
        SeriesTable table = new SeriesTable();
        for (int i = 0; i < count; i++) {
            table.add(new CachedSeries(new SeriesKey("s-" + i, "m"), i, new SeriesState()));
        }
        for (int i = 0; i < count; i++) {
            assertThat(table.find(new SeriesKey("s-" + i, "m")).keyGroup).isEqualTo(i);
        }
        assertThat(table.find(new SeriesKey("s-" + count, "m"))).isNull();
    }
}

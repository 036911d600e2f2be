package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.SeriesKey;
import dev.weir.core.series.SeriesState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

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

    /** A third full, so series stand behind others of another slot, and have to be shifted back. */
    @Test
    void findsTheOthersAfterARemoval() {
        SeriesTable table = new SeriesTable();
        List<CachedSeries> all = new ArrayList<>();
        for (int i = 0; i < 1_400; i++) {
            all.add(new CachedSeries(
                    new SeriesKey("s-" + Integer.toHexString(i * 0x9E3779B9), "m"), i, new SeriesState()));
            table.add(all.get(i));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_400; i += 2) {
                table.remove(all.get(i));
            }
            for (int i = 0; i < 1_400; i++) {
                assertThat(table.find(all.get(i).key)).isSameAs(i % 2 == 0 ? null : all.get(i));
            }
            for (int i = 0; i < 1_400; i += 2) {
                table.add(all.get(i));
            }
            for (CachedSeries series : all) {
                assertThat(table.find(series.key)).isSameAs(series);
            }
        }
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

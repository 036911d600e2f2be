package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeySortTest {

    /** Letters around the greatest that counts, in names of which some begin alike, end early, or differ only late. */
    @Property(tries = 2000)
    void sortsAsKeysCompare(@ForAll("rows") List<Aggregate> rows) {
        assertThat(KeySort.sorted(rows).stream().map(RowKey::of))
                .containsExactlyElementsOf(
                        rows.stream().map(RowKey::of).sorted().toList());
    }

    @Provide
    Arbitrary<List<Aggregate>> rows() {
        Arbitrary<String> names = Arbitraries.strings()
                .withChars("\0a\u00fe\u00ff\u0100\ud83c\udf21")
                .ofMaxLength(9);
        Arbitrary<String> beginnings = Arbitraries.of("", "device-", "d\u0100");
        return Combinators.combine(
                        beginnings, names, Arbitraries.of("m", "n"), Arbitraries.of(60, 3600), Arbitraries.of(-60L, 0L))
                .as((beginning, name, metric, seconds, start) -> row(beginning + name, metric, seconds, start))
                .list()
                .ofMaxSize(12)
                .uniqueElements(RowKey::of);
    }

    @Test
    void manySensorsWithFewLettersInCommon() {
        List<Aggregate> rows = IntStream.range(0, 50_000)
                .map(i -> i * 31 % 50_000)
                .mapToObj(i -> row("s-" + i, "m", 60, 0))
                .toList();

        assertThat(KeySort.sorted(rows).stream().map(RowKey::of)).isSorted();
    }

    private static Aggregate row(String sensor, String metric, int seconds, long start) {
        return new Aggregate(
                new SeriesKey(sensor, metric), seconds, start, null, null, 1, 1, 1, 1, 1, null, 1, 1, 0, 1, false);
    }
}

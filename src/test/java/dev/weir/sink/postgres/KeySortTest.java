package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.Arrays;
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

    /** Letters on both sides of where UTF-8 and UTF-16 sort apart, in names of which some begin alike, end early, or differ only late. */
    @Property(tries = 2000)
    void sortsAsKeysCompare(@ForAll("rows") List<Aggregate> rows) throws IOException {
        assertThat(sorted(rows))
                .containsExactlyElementsOf(
                        rows.stream().map(RowKey::of).sorted().toList());
    }

    @Provide
    Arbitrary<List<Aggregate>> rows() {
        Arbitrary<String> names = Arbitraries.of(
                        "\u0001", "a", "\u00fe", "\ud7ff", "\ue000", "\uffff", "\ud83c\udf21", "\udbff\udfff")
                .list()
                .ofMaxSize(9)
                .map(letters -> String.join("", letters));
        Arbitrary<String> beginnings = Arbitraries.of("", "device-", "d\u0100");
        return Combinators.combine(
                        beginnings,
                        names,
                        Arbitraries.of("", "m", "m\uffff", "m\ud83c\udf21"),
                        Arbitraries.of(60, 3600, 86_400),
                        Arbitraries.of(Long.MIN_VALUE, -1L << 40, -60L, 0L, 60L, 1L << 40, Long.MAX_VALUE))
                .as((beginning, name, metric, seconds, start) -> row(beginning + name, metric, seconds, start))
                .list()
                .ofMaxSize(12)
                .uniqueElements(RowKey::of);
    }

    @Test
    void manySensorsWithFewLettersInCommon() throws IOException {
        List<Aggregate> rows = IntStream.range(0, 50_000)
                .map(i -> i * 31 % 50_000)
                .mapToObj(i -> row("s-" + i, "m", 60, 0))
                .toList();

        assertThat(sorted(rows)).hasSize(rows.size()).isSorted();
    }

    @Test
    void manyWindowsOfOneSensor() throws IOException {
        List<Aggregate> rows = IntStream.range(0, 50_000)
                .map(i -> i * 31 % 50_000)
                .mapToObj(i -> row("sensor", "m", 60, (i - 25_000) * 60_000_000L))
                .toList();

        assertThat(sorted(rows)).hasSize(rows.size()).isSorted();
    }

    private static List<RowKey> sorted(List<Aggregate> rows) throws IOException {
        EncodedRows encoded = new EncodedRows();
        for (Aggregate row : rows) {
            encoded.add(row);
        }
        return Arrays.stream(KeySort.standing(encoded))
                .mapToObj(row -> RowKey.of(rows.get(row)))
                .toList();
    }

    private static Aggregate row(String sensor, String metric, int seconds, long start) {
        return Aggregate.builder()
                .series(new SeriesKey(sensor, metric))
                .windowSeconds(seconds)
                .windowStartMicros(start)
                .count(1)
                .sum(1)
                .min(1)
                .max(1)
                .mean(1)
                .firstValue(1)
                .lastValue(1)
                .generation(1)
                .build();
    }
}

package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

    /** All that the property tries by chance, once: names that begin alike, end early, and sort apart in UTF-8 and UTF-16. */
    @Test
    void sortsAtEveryEdge() throws IOException {
        List<Aggregate> rows = new ArrayList<>();
        for (String sensor : new String[] {
            "",
            "\u0001",
            "a",
            "ab",
            "abcd",
            "abcde",
            "a\u007f",
            "a\u0080",
            "a\ud7ff",
            "a\ue000",
            "a\uefff",
            "a\uf000",
            "a\uffff",
            "a\ud800\udc00",
            "a\udbff\udfff",
            "device-1",
            "device-10"
        }) {
            for (String metric : new String[] {"", "m", "m\uffff", "m\ud83c\udf21"}) {
                for (int seconds : new int[] {60, 3600, 86_400}) {
                    for (long start : new long[] {Long.MIN_VALUE, -256, -1, 0, 1, 255, 256, 1L << 40, Long.MAX_VALUE}) {
                        rows.add(row(sensor, metric, seconds, start));
                    }
                }
            }
        }
        Collections.shuffle(rows, new Random(1));
        assertThat(sorted(rows))
                .containsExactlyElementsOf(
                        rows.stream().map(RowKey::of).sorted().toList());
    }

    @Test
    void ofOneKeyTheRowStandsThatTheGuardLetsStand() throws IOException {
        List<Aggregate> rows = new ArrayList<>();
        EncodedRows encoded = new EncodedRows();
        for (long revision : new long[] {3, 9, 4, 9, 1}) {
            for (String sensor : new String[] {"b", "a"}) {
                rows.add(Aggregate.builder()
                        .series(new SeriesKey(sensor, "m"))
                        .windowSeconds(60)
                        .count(revision)
                        .generation(1)
                        .build());
                encoded.add(rows.get(rows.size() - 1));
            }
        }
        assertThat(KeySort.standing(encoded)).as("the first 9 of a and of b").containsExactly(3, 2);
        assertThat(KeySort.standing(new EncodedRows())).isEmpty();
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

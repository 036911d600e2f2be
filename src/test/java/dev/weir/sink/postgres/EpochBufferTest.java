package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochBufferTest {
    private static final long ROOMY = 8 << 20;
    private static final List<String> SITES = List.of("", "site", "s\u00eete");

    @TempDir
    Path directory;

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void anEpochIsOneSortedRunOfTheRowsThatStand(@ForAll("rows") List<Aggregate> rows) throws IOException {
        try (SortedRowsStore store = new SortedRowsStore(Path.of("never made"), ROOMY)) {
            List<SortedRows> sorted = sealed(rows, new EpochBuffer(store, ROOMY));

            assertThat(sorted).hasSize(rows.isEmpty() ? 0 : 1);
            for (SortedRows one : sorted) {
                assertThat(read(one.rows())).containsExactlyElementsOf(standing(rows));
            }
        }
    }

    /** However often the buffer is put aside: rows that are not sorted, or have a key twice, would bring a key twice into one insert. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void runsThatWerePutAsideMergeToTheRowsThatStand(
            @ForAll("rows") List<Aggregate> rows, @ForAll("budgets") long budget) throws IOException {
        Path local = Files.createTempDirectory("weir-epoch");
        try (SortedRowsStore store = new SortedRowsStore(local, budget)) {
            EpochBuffer buffer = new EpochBuffer(store, budget);
            // Twice, for a buffer is used for one epoch after the other.
            for (int epoch = 0; epoch < 2; epoch++) {
                List<SortedRows> sorted = sealed(rows, buffer);

                for (SortedRows one : sorted) {
                    List<Aggregate> written = read(one.rows());
                    assertThat(written)
                            .containsExactlyElementsOf(standing(written))
                            .isSubsetOf(rows);
                }
                assertThat(read(new MergedRows(sorted))).containsExactlyElementsOf(standing(rows));
                assertThat(buffer.bytes()).isZero();
                sorted.forEach(SortedRows::delete);
            }
        }
        Files.delete(local);
    }

    /** One row has 75 to 140 bytes, so some of these are exceeded by every row, and some by a few. */
    @Provide
    Arbitrary<Long> budgets() {
        return Arbitraries.of(50L, 200L, 500L, 2000L);
    }

    /** Of few series, so that keys come again. */
    @Provide
    Arbitrary<List<Aggregate>> rows() {
        return series().list().ofMinSize(1).ofMaxSize(6).flatMap(few -> rowsOf(Arbitraries.of(few))
                .list()
                .ofMaxSize(40));
    }

    private static Arbitrary<Aggregate> rowsOf(Arbitrary<SeriesKey> series) {
        return Combinators.combine(
                        series,
                        Arbitraries.of(60, 3600),
                        Arbitraries.of(-3_600_000_000L, 0L, 3_600_000_000L),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(1, 300))
                .as(EpochBufferTest::row);
    }

    /** With and without letters in common, some the beginning of others, and on both sides of where UTF-8 and UTF-16 sort apart. */
    private static Arbitrary<SeriesKey> series() {
        Arbitrary<String> names = Arbitraries.of(
                        "a", "z", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(letters -> String.join("", letters));
        return Combinators.combine(
                        Arbitraries.of("", "", "device-", "d\u00e9"),
                        names,
                        Arbitraries.of("m", "temperature", "m\uffff", "m\ud83c\udf21"))
                .as((beginning, name, metric) -> new SeriesKey(beginning + name, metric));
    }

    @Test
    void correctionsOfFewRowsAreNeverPutAside() throws IOException {
        List<Aggregate> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(row(new SeriesKey("s" + i % 10, "m"), 60, 0, 1, false, 1 + i));
        }
        long budget = 4000; // a third of it is taken by ten rows
        try (SortedRowsStore store = new SortedRowsStore(Path.of("never made"), budget)) {
            EpochBuffer buffer = new EpochBuffer(store, budget);
            for (Aggregate row : rows) {
                buffer.add(row);
                assertThat(buffer.bytes()).isLessThanOrEqualTo(budget);
            }
            List<SortedRows> sorted = buffer.seal();

            assertThat(sorted).hasSize(1);
            assertThat(read(sorted.get(0).rows())).containsExactlyElementsOf(rows.subList(9990, 10_000));
        }
    }

    /** Twelve keys of which ten fit: eleven are put aside, because keeping more than half of the budget would sort with each row. */
    @Test
    void manyRowsThatStandArePutAside() throws IOException {
        long rowBytes;
        try (SortedRowsStore store = new SortedRowsStore(Path.of("never made"), ROOMY)) {
            EpochBuffer one = new EpochBuffer(store, ROOMY);
            one.add(row(new SeriesKey("s0", "m"), 60, 0, "x", 1, false, 1));
            rowBytes = one.bytes();
        }
        long budget = 10 * rowBytes;
        try (SortedRowsStore store = new SortedRowsStore(directory, budget)) {
            EpochBuffer buffer = new EpochBuffer(store, budget);
            for (char sensor = 'a'; sensor < 'm'; sensor++) {
                buffer.add(row(new SeriesKey("s" + sensor, "m"), 60, 0, "x", 1, false, 1));
            }
            long open = buffer.bytes() - rowBytes;
            List<SortedRows> sorted = buffer.seal();

            assertThat(sorted).hasSize(2);
            assertThat(sorted.get(0).bytes()).isPositive().isEqualTo(open);
            assertThat(read(sorted.get(0).rows())).hasSize(11);
            assertThat(read(sorted.get(1).rows())).hasSize(1);
            sorted.forEach(SortedRows::delete);
        }
    }

    @Test
    void rowsFillManyPagesAndSomeAreLongerThanAPage() throws IOException {
        List<Aggregate> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String site = "x".repeat(i % 1000 == 500 ? 300_000 : i % 1200);
            rows.add(row(new SeriesKey("s" + i * 7 % 3000, "m"), 60, 0, site, 1, false, 1 + i));
        }
        try (SortedRowsStore store = new SortedRowsStore(directory, ROOMY)) {
            EpochBuffer buffer = new EpochBuffer(store, ROOMY);
            for (int epoch = 0; epoch < 2; epoch++) {
                List<SortedRows> sorted = sealed(rows, buffer);

                assertThat(sorted).hasSize(1);
                assertThat(read(sorted.get(0).rows())).containsExactlyElementsOf(standing(rows));
                sorted.forEach(SortedRows::delete);
            }
        }
    }

    private static List<SortedRows> sealed(List<Aggregate> rows, EpochBuffer buffer) throws IOException {
        for (Aggregate row : rows) {
            buffer.add(row);
        }
        return buffer.seal();
    }

    /** What the class is to find out, by plain means. */
    private static Collection<Aggregate> standing(List<Aggregate> rows) {
        TreeMap<RowKey, Aggregate> standing = new TreeMap<>();
        rows.forEach(row -> standing.merge(RowKey.of(row), row, AggregateOrder::greater));
        return standing.values();
    }

    private static List<Aggregate> read(RowStream rows) throws IOException {
        try (rows) {
            List<Aggregate> all = new ArrayList<>();
            for (Aggregate row = rows.next(); row != null; row = rows.next()) {
                all.add(row);
            }
            return all;
        }
    }

    /** A row whose content follows from its key and its rank, as the guard may assume. */
    private static Aggregate row(
            SeriesKey series, int seconds, long start, int generation, boolean partial, long revision) {
        return row(series, seconds, start, SITES.get((int) revision % SITES.size()), generation, partial, revision);
    }

    private static Aggregate row(
            SeriesKey series, int seconds, long start, String site, int generation, boolean partial, long revision) {
        double mark = revision + generation / 100.0;
        return Aggregate.builder()
                .series(series)
                .windowSeconds(seconds)
                .windowStartMicros(start)
                .site(site)
                .count(revision)
                .sum(mark)
                .min(mark)
                .max(mark)
                .mean(mark)
                .stddev(revision == 1 ? null : mark)
                .firstValue(mark)
                .lastValue(mark)
                .flaggedCount(revision / 2)
                .generation(generation)
                .partial(partial)
                .build();
    }
}

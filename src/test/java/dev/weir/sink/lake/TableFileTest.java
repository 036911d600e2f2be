package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirOptions;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encoded here comes back as it was, in order, with the statistics that the values have. */
class TableFileTest {
    private static final int PAGE = ColumnWriter.PAGE_ROWS;

    /** Row groups of 1 MiB, dictionaries of 128 KiB. */
    private static final int SMALLEST_ROW_GROUPS = 256;

    /** The order of Parquet's statistics. U+FFFD sorts before an emoji here, and behind it as a Java string. */
    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path lake;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 503, 504, 505, 513, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 11})
    void readingsOfAnyNumberComeBackInOrderWithTheirStatistics(int count) throws IOException {
        List<Reading> readings = readings(count, new Random(count));
        write(new ReadingTable(), readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyElementsOf(readings);
        assertStatistics(readings);
    }

    @Test
    void aggregatesComeBackInOrder() throws IOException {
        Random random = new Random(5);
        List<Aggregate> rows = IntStream.range(0, PAGE + 1_000)
                .mapToObj(i -> aggregate(i, random))
                .toList();
        write(new AggregateTable(), rows);
        assertThat(new LakeReader(lake).aggregates()).containsExactlyElementsOf(rows);
        String nulls = "SELECT sum(stats_null_count) FROM parquet_metadata(" + new LakeReader(lake).glob("aggregates")
                + ") WHERE path_in_schema = 'stddev'";
        assertThat(LakeReader.query(nulls, row -> row.getLong(1)))
                .containsExactly(
                        rows.stream().filter(row -> row.stddev() == null).count());
    }

    /** A page of few names, then names that never repeat until long after the row group's end (2 pages), then few again. */
    @Test
    void aDictionaryThatGrowsTooLargeIsGivenUpUntilTheNextRowGroup() throws IOException {
        Random random = new Random(11);
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 8 * PAGE; i++) {
            boolean few = i < PAGE || i >= 6 * PAGE;
            String sensor = few ? "s" + i % 9 : "sensor-" + Long.toHexString(random.nextLong());
            readings.add(reading(sensor, i, 1 + random.nextDouble(), null, 0));
        }
        write(new ReadingTable(), readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyElementsOf(readings);
        assertThat(encodings("sensor_id"))
                .hasSizeGreaterThan(2)
                .startsWith("[PLAIN, PLAIN_DICTIONARY]")
                .contains("[PLAIN]")
                .endsWith("[PLAIN_DICTIONARY]");
        assertStatistics(readings);
    }

    @Test
    void aDictionaryThatDoesNotPayIsNotWritten() throws IOException {
        List<Reading> readings = IntStream.range(0, 1_000)
                .mapToObj(i -> reading("sensor-" + i, i, i / 7.0, "roof", 0))
                .toList();
        write(new ReadingTable(), readings);
        assertThat(encodings("sensor_id")).containsExactly("[PLAIN]");
        assertThat(encodings("value")).containsExactly("[PLAIN]");
        assertThat(encodings("origin_offset")).containsExactly("[PLAIN]");
        assertThat(encodings("site")).containsExactly("[PLAIN_DICTIONARY]");
        assertThat(encodings("quality")).containsExactly("[PLAIN_DICTIONARY]");
    }

    /** "Aa" and "BB" have one hash, and so have all of their 8,192 sequences of 13. */
    @Test
    void namesOfOneHashAreToldApart() throws IOException {
        List<Reading> readings = IntStream.range(0, 8_192)
                .mapToObj(i -> reading(oneOfOneHash(i), i, i, oneOfOneHash(i % 100), 0))
                .toList();
        write(new ReadingTable(), readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyElementsOf(readings);
    }

    @Test
    void aColumnWithoutAnyValueHasNoBounds() throws IOException {
        List<Reading> readings = List.of(reading("a", 0, 1, null, 0), reading("a", 1, 2, null, 0));
        write(new ReadingTable(), readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyElementsOf(readings);
        assertStatistics(readings);
    }

    @Test
    void aPageOfLongTextsEndsEarly() throws IOException {
        ColumnChunk.PageTools tools = new ColumnChunk.PageTools(
                new PageCompressor(WeirOptions.Compression.UNCOMPRESSED), new PageBuffer(), 128 << 10);
        ReadingTable table = new ReadingTable();
        ColumnWriter columns = new ColumnWriter(table.schema(), tools);
        int rows = 0;
        do {
            table.write(reading("n".repeat(100_000), rows++, 1, null, 0), columns);
        } while (!columns.endRow());
        assertThat(rows).isEqualTo(42); // 4 MiB / 100 kB, rounded up
    }

    private <T> void write(LakeTable<T> table, List<T> rows) throws IOException {
        Path file = Files.createDirectories(lake.resolve(table.name())).resolve("rows.parquet");
        try (ParquetFiles<T> files =
                        new ParquetFiles<>(table, WeirOptions.Compression.UNCOMPRESSED, SMALLEST_ROW_GROUPS);
                OutputStream stream = Files.newOutputStream(file);
                TableFile<T> open = files.open(stream)) {
            for (T row : rows) {
                open.write(row);
            }
        }
    }

    /** Bounds and null counts of each row group as DuckDB reports them, against those of the rows in it. */
    private void assertStatistics(List<Reading> readings) {
        List<String> expected = new ArrayList<>();
        int from = 0;
        for (int rows : rowGroups()) {
            List<Reading> group = readings.subList(from, from + rows);
            from += rows;
            expected.add(statistics(of(group, row -> row.series().sensorId()), BY_BYTES));
            expected.add(statistics(of(group, Reading::value), Comparator.<Double>naturalOrder()));
            expected.add(statistics(of(group, Reading::site), BY_BYTES));
            expected.add(statistics(of(group, Reading::quality), Comparator.<Integer>naturalOrder()));
            expected.add(statistics(of(group, row -> row.origin().offset()), Comparator.<Long>naturalOrder()));
        }
        assertThat(from).isEqualTo(readings.size());
        String sql = "SELECT stats_min_value || ' ' || stats_max_value, stats_null_count FROM parquet_metadata("
                + new LakeReader(lake).glob("readings")
                + ") WHERE path_in_schema IN ('sensor_id', 'value', 'site', 'quality', 'origin_offset')"
                + " ORDER BY row_group_id, column_id";
        assertThat(LakeReader.query(sql, row -> row.getString(1) + " " + row.getLong(2)))
                .containsExactlyElementsOf(expected);
    }

    private static <V> String statistics(List<V> values, Comparator<V> order) {
        List<V> sorted = values.stream().filter(Objects::nonNull).sorted(order).toList();
        String bounds = sorted.isEmpty() ? null : sorted.get(0) + " " + sorted.get(sorted.size() - 1);
        return bounds + " " + (values.size() - sorted.size());
    }

    private List<Integer> rowGroups() {
        return LakeReader.query(
                "SELECT row_group_num_rows FROM parquet_metadata(" + new LakeReader(lake).glob("readings")
                        + ") WHERE column_id = 0 ORDER BY row_group_id",
                row -> row.getInt(1));
    }

    /** The encodings of a column's values in each row group; those of its levels apart. */
    private List<String> encodings(String column) {
        return LakeReader.query(
                "SELECT encodings FROM parquet_metadata(" + new LakeReader(lake).glob("readings")
                        + ") WHERE path_in_schema = '" + column + "' ORDER BY row_group_id",
                row -> Arrays.stream(row.getString(1).split(", "))
                        .filter(name -> name.startsWith("PLAIN"))
                        .sorted()
                        .toList()
                        .toString());
    }

    private static <T, V> List<V> of(List<T> rows, Function<T, V> column) {
        return rows.stream().map(column).toList();
    }

    private static List<Reading> readings(int count, Random random) {
        List<String> sites = new ArrayList<>(List.of("a", "ä", "\uFFFD", "\uD83C\uDF21", "", "roof"));
        List<Reading> readings = new ArrayList<>();
        while (readings.size() < count) {
            // runs of one site, or of none, on both sides of what becomes a run in the file
            int run = Math.min(
                    random.nextInt(10) == 0 ? random.nextInt(2_000) : 1 + random.nextInt(12), count - readings.size());
            String site = random.nextInt(4) == 0 ? null : sites.get(random.nextInt(sites.size()));
            for (int i = 0; i < run; i++) {
                double value = random.nextInt(10) == 0 ? random.nextGaussian() * 1_000 : random.nextInt(2_000) / 8.0;
                readings.add(reading("s" + random.nextInt(700), readings.size(), value, site, random.nextInt(3)));
            }
        }
        return readings;
    }

    private static Reading reading(String sensor, long offset, double value, String site, int quality) {
        return new Reading(
                new SeriesKey(sensor, "temperature"),
                1_700_000_000_000_000L + offset * 1_001,
                value,
                "Cel",
                site,
                quality,
                new Origin("sensors", 3, offset, 1_700_000_000_000L + offset),
                null,
                null,
                1);
    }

    private static Aggregate aggregate(int i, Random random) {
        return Aggregate.builder()
                .series(new SeriesKey("s" + i % 50, "temperature"))
                .windowSeconds(60)
                .windowStartMicros(i * 60_000_000L)
                .unit("Cel")
                .count(1 + random.nextInt(3))
                .sum(random.nextDouble())
                .min(-random.nextDouble())
                .max(random.nextDouble())
                .mean(0.5)
                .stddev(random.nextBoolean() ? null : Double.valueOf(random.nextDouble()))
                .firstValue(1)
                .lastValue(2)
                .flaggedCount(random.nextInt(2))
                .generation(1)
                .partial(random.nextBoolean())
                .build();
    }

    private static String oneOfOneHash(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }
}

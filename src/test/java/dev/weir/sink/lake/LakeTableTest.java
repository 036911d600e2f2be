package dev.weir.sink.lake;

import static dev.weir.sink.lake.LakeHarness.micros;
import static dev.weir.sink.lake.LakeHarness.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published tables (docs/reading-the-lake.md), written here and read with DuckDB. */
class LakeTableTest {
    @TempDir
    Path lake;

    @Test
    void readingsHaveThePublishedColumns() {
        assertThat(new ReadingTable().schema())
                .hasToString(
                        """
                        message reading {
                          required binary sensor_id (STRING);
                          required binary metric (STRING);
                          required int64 event_time (TIMESTAMP(MICROS,true));
                          required double value;
                          optional binary unit (STRING);
                          optional binary site (STRING);
                          required int32 quality;
                          required binary origin_topic (STRING);
                          required int32 origin_partition;
                          required int64 origin_offset;
                          required int64 origin_timestamp (TIMESTAMP(MICROS,true));
                          required int32 generation;
                          optional binary origin_file (STRING);
                          optional int64 origin_row;
                        }
                        """);
    }

    @Test
    void aggregatesHaveThePublishedColumns() {
        assertThat(new AggregateTable().schema())
                .hasToString(
                        """
                        message aggregate {
                          required binary sensor_id (STRING);
                          required binary metric (STRING);
                          required int32 window_seconds;
                          required int64 window_start (TIMESTAMP(MICROS,true));
                          optional binary site (STRING);
                          optional binary unit (STRING);
                          required int64 count;
                          required double sum;
                          required double min;
                          required double max;
                          required double mean;
                          optional double stddev;
                          required double first_value;
                          required double last_value;
                          required int64 flagged_count;
                          required int64 revision;
                          required int32 generation;
                          required boolean partial;
                        }
                        """);
    }

    @Test
    void thePageForReadersExplainsEveryColumn() throws IOException {
        String page = Files.readString(Path.of("docs/reading-the-lake.md"));
        assertThat(List.of(new ReadingTable(), new AggregateTable()))
                .flatExtracting(table -> table.schema().getFields())
                .extracting(Type::getName)
                .allSatisfy(column -> assertThat(page).contains("`" + column + "`"));
    }

    @Test
    void extremeReadingsComeBackAsTheyWere() throws IOException {
        String astral = "温度-\uD83C\uDF21";
        List<Reading> readings = List.of(
                reading("1969-12-31T23:59:59.999999Z", -0.0),
                reading("0001-01-01T00:00:00Z", Double.MIN_VALUE),
                reading("+012345-06-07T08:09:10.111213Z", Double.MAX_VALUE),
                reading("1970-01-01T00:00:00Z", -Double.MAX_VALUE),
                new Reading(
                        new SeriesKey(astral, astral),
                        micros("2016-02-29T12:00:00Z"),
                        0.1,
                        null,
                        null,
                        7,
                        new Origin("a.b-c_d", Integer.MAX_VALUE, Long.MAX_VALUE, -1),
                        null,
                        null,
                        Integer.MAX_VALUE));
        writeReadings(readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyInAnyOrderElementsOf(readings);
    }

    /** Plain events and rows of files in one folder, as of a pipeline with both; more rows than a page has. */
    @Test
    void theFileAndRowOfAReadingComeBackAndArePlainNullsElsewhere() throws IOException {
        List<Reading> readings = IntStream.range(0, 40_000)
                .mapToObj(i -> new Reading(
                        new SeriesKey("s", "m"),
                        i,
                        i,
                        null,
                        null,
                        0,
                        i < 20_000
                                ? new Origin("t", 0, i, 0)
                                : new Origin("t", 0, 20_000, 0, i % 3 == 0 ? "s3://b/ä.csv" : "file:/x", i),
                        null,
                        null,
                        1))
                .toList();
        writeReadings(readings);
        assertThat(new LakeReader(lake).readings()).containsExactlyInAnyOrderElementsOf(readings);
        assertThat(new LakeReader(lake)
                        .select(
                                "readings",
                                "count(origin_row), min(origin_row)",
                                "",
                                row -> row.getLong(1) + " " + row.getLong(2)))
                .containsExactly("20000 20000");
    }

    @Test
    void aRecordTimestampBeyondTheRangeOfMicrosecondsIsSaturated() throws IOException {
        Reading claimed = new Reading(
                new SeriesKey("s", "m"), 0, 1, null, null, 0, new Origin("t", 0, 0, Long.MAX_VALUE), null, null, 1);
        writeReadings(List.of(claimed));
        // the greatest multiple of 1,000 below 2^63
        List<Long> stored =
                new LakeReader(lake).select("readings", "epoch_us(origin_timestamp)", "", row -> row.getLong(1));
        assertThat(stored).containsExactly(9_223_372_036_854_775_000L);
    }

    @Test
    void extremeAggregatesComeBackAsTheyWere() throws IOException {
        double infinite = Double.POSITIVE_INFINITY;
        List<Aggregate> rows = List.of(
                aggregate(60, "1969-12-31T23:59:00Z", 1, 1, false),
                Aggregate.builder()
                        .series(new SeriesKey("s2", "p"))
                        .windowSeconds(Integer.MAX_VALUE)
                        .windowStartMicros(micros("+010000-01-01T00:00:00Z"))
                        .count(Long.MAX_VALUE)
                        .sum(infinite)
                        .min(-Double.MAX_VALUE)
                        .max(Double.MAX_VALUE)
                        .mean(infinite)
                        .stddev(infinite)
                        .firstValue(1)
                        .lastValue(2)
                        .flaggedCount(Long.MAX_VALUE)
                        .generation(Integer.MAX_VALUE)
                        .partial(true)
                        .build());
        writeAggregates(rows);
        assertThat(new LakeReader(lake).aggregates()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void aReadingLiesInTheDirectoryOfItsEventTimeInUtc() throws IOException {
        writeReadings(List.of(
                reading("1969-12-31T23:59:59.999999Z", 1),
                reading("1970-01-01T00:00:00Z", 2),
                reading("2024-02-29T23:59:59.999999Z", 3),
                reading("0987-03-04T00:00:00Z", 4),
                reading("+012345-06-07T00:00:00Z", 5)));
        assertThat(directories("readings", "value"))
                .containsExactly(
                        "year=1969/month=12/day=31",
                        "year=1970/month=01/day=01",
                        "year=2024/month=02/day=29",
                        "year=0987/month=03/day=04",
                        "year=12345/month=06/day=07");
    }

    @Test
    void anAggregateLiesInTheDirectoryOfItsSizeAndWindowStart() throws IOException {
        writeAggregates(List.of(
                aggregate(60, "2024-02-29T23:59:00Z", 1, 1, false),
                aggregate(86_400, "2024-02-29T00:00:00Z", 2, 1, false)));
        assertThat(directories("aggregates", "count"))
                .containsExactly(
                        "window_seconds=60/year=2024/month=02/day=29",
                        "window_seconds=86400/year=2024/month=02/day=29");
    }

    @Test
    void duckDbReadsWindowSecondsFromColumnAndPathAlike() throws IOException {
        writeAggregates(List.of(
                aggregate(60, "2024-02-29T23:59:00Z", 1, 1, false),
                aggregate(3_600, "2024-02-29T23:00:00Z", 2, 1, false)));
        List<Long> counts = LakeReader.query(
                "SELECT count FROM read_parquet(" + new LakeReader(lake).glob("aggregates")
                        + ", hive_partitioning = true) WHERE window_seconds = 3600 AND year = 2024 AND month = 2",
                row -> row.getLong(1));
        assertThat(counts).containsExactly(2L);
    }

    @Test
    void theLatestRowOfAWindowIsTheBestByTheGuardsOrder() throws IOException {
        String first = "2024-01-01T00:00:00Z";
        String second = "2024-01-01T00:01:00Z";
        Aggregate best = aggregate(60, first, 3, 2, false);
        Aggregate bestPartial = aggregate(60, second, 9, 2, true);
        writeAggregates(List.of(
                aggregate(60, first, 5, 1, false), // an older generation
                aggregate(60, first, 2, 2, false), // an older revision
                best,
                aggregate(60, first, 99, 3, true), // partial never replaces complete
                aggregate(60, second, 8, 3, true), // among partial rows the revision counts before the generation
                bestPartial));
        assertThat(new LakeReader(lake).latestAggregates()).containsExactlyInAnyOrder(best, bestPartial);
    }

    @ParameterizedTest
    @EnumSource(WeirOptions.Compression.class)
    void everyCompressionIsReadable(WeirOptions.Compression compression) throws IOException {
        List<Reading> readings = IntStream.range(0, 5_000)
                .mapToObj(i -> reading(micros("2024-01-01T00:00:00Z") + i * 1_000_000L, i * 0.1))
                .toList();
        try (LakeHarness<Reading> harness =
                LakeHarness.readings(new WeirConfig.Lake(lake.toString(), compression, 64))) {
            harness.write(readings).checkpointAndCommit();
        }
        LakeReader reader = new LakeReader(lake);
        assertThat(reader.readings()).containsExactlyInAnyOrderElementsOf(readings);
        List<String> used = LakeReader.query(
                "SELECT DISTINCT lower(compression) FROM parquet_metadata(" + reader.glob("readings") + ")",
                row -> row.getString(1));
        assertThat(used).containsExactly(compression.toString());
    }

    private List<String> directories(String table, String order) {
        String root = lake.resolve(table) + "/";
        return new LakeReader(lake)
                .select(table, "filename", "ORDER BY " + order, row -> row.getString(1)).stream()
                        .map(file -> file.substring(root.length(), file.lastIndexOf('/')))
                        .toList();
    }

    private void writeReadings(List<Reading> readings) throws IOException {
        try (LakeHarness<Reading> harness = LakeHarness.readings(lake)) {
            harness.write(readings).checkpointAndCommit();
        }
    }

    private void writeAggregates(List<Aggregate> rows) throws IOException {
        try (LakeHarness<Aggregate> harness = LakeHarness.aggregates(lake)) {
            harness.write(rows).checkpointAndCommit();
        }
    }

    private static Aggregate aggregate(int seconds, String start, long count, int generation, boolean partial) {
        return Aggregate.builder()
                .series(new SeriesKey("s1", "temperature"))
                .windowSeconds(seconds)
                .windowStartMicros(micros(start))
                .site("roof")
                .unit("Cel")
                .count(count)
                .sum(1.5 * count)
                .min(-1)
                .max(2)
                .mean(1.5)
                .stddev(count == 1 ? null : Double.valueOf(0.25))
                .firstValue(1)
                .lastValue(2)
                .generation(generation)
                .partial(partial)
                .build();
    }
}

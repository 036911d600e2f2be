package dev.weir.testing;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.AggregateColumns;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.ReadingColumns;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a lake as a user would: with DuckDB, committed files only. An empty or absent lake has no rows. */
public final class LakeReader {
    private static final String READING_COLUMNS = ResultRow.select(ReadingColumns.ALL, "epoch_us(%s)");
    private static final String AGGREGATE_COLUMNS = ResultRow.select(AggregateColumns.ALL, "epoch_us(%s)");

    /** Of the latest rows: docs/reading-the-lake.md. */
    private static final String LATEST =
            """
            QUALIFY row_number() OVER (PARTITION BY sensor_id, metric, window_seconds, window_start
            ORDER BY partial, CASE WHEN partial THEN 0 ELSE generation END DESC, revision DESC, generation DESC) = 1""";

    /** Of the current readings: docs/reading-the-lake.md. */
    private static final String HIGHEST_GENERATION =
            "QUALIFY generation = max(generation) OVER (PARTITION BY sensor_id, metric, event_time)";

    private final Path lake;

    public LakeReader(Path lake) {
        this.lake = lake;
    }

    /** The committed files of one table. */
    public record Contents(long files, long bytes, long rows) {}

    /** Turns the current row of a result into an object. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The readings that meet an SQL condition, of every generation, in no order. */
    public List<Reading> readings(String condition) {
        return select("readings", READING_COLUMNS, "WHERE " + condition, LakeReader::reading);
    }

    /** Of each window that meets an SQL condition the row that counts, in no order. */
    public List<Aggregate> latestAggregates(String condition) {
        return select("aggregates", AGGREGATE_COLUMNS, "WHERE " + condition + " " + LATEST, LakeReader::aggregate);
    }

    /**
     * A lake with the same rows, one file for each table: for many queries of a lake of many files.
     *
     * @param directory is there, and empty
     */
    public LakeReader copyTo(Path directory) throws IOException {
        for (String table : List.of("readings", "aggregates")) {
            if (!files(table).isEmpty()) {
                Path file = Files.createDirectories(directory.resolve(table)).resolve("all.parquet");
                execute("COPY (SELECT * FROM read_parquet(" + glob(table)
                        + ", hive_partitioning = false, union_by_name = true)) TO '" + file + "' (FORMAT parquet)");
            }
        }
        return new LakeReader(directory);
    }

    /** All readings, of every generation, in no order. */
    public List<Reading> readings() {
        return select("readings", READING_COLUMNS, "", LakeReader::reading);
    }

    /** Of each (sensor, metric, event time) the readings of the highest generation, in no order. */
    public List<Reading> currentReadings() {
        return select("readings", READING_COLUMNS, HIGHEST_GENERATION, LakeReader::reading);
    }

    /** All emissions, in no order. */
    public List<Aggregate> aggregates() {
        return select("aggregates", AGGREGATE_COLUMNS, "", LakeReader::aggregate);
    }

    /** Of each window the row that counts, in no order. */
    public List<Aggregate> latestAggregates() {
        return select("aggregates", AGGREGATE_COLUMNS, LATEST, LakeReader::aggregate);
    }

    /** What is committed of table {@code readings} or {@code aggregates}. */
    public Contents contents(String table) {
        List<Path> files = files(table);
        long bytes = files.stream().mapToLong(LakeReader::size).sum();
        long rows = select(table, "count(*)", "", row -> row.getLong(1)).stream()
                .mapToLong(Long::longValue)
                .sum();
        return new Contents(files.size(), bytes, rows);
    }

    /** {@code SELECT columns FROM <all committed files of the table> tail}; the file's path is column {@code filename}. */
    public <T> List<T> select(String table, String columns, String tail, Row<T> row) {
        if (files(table).isEmpty()) {
            return List.of();
        }
        return query(
                "SELECT " + columns + " FROM read_parquet(" + glob(table)
                        + ", hive_partitioning = false, union_by_name = true, filename = true) " + tail,
                row);
    }

    /** Any DuckDB query; {@link #glob} names a table's files in it. */
    public static <T> List<T> query(String sql, Row<T> row) {
        List<T> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB refuses: " + sql, e);
        }
        return rows;
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB refuses: " + sql, e);
        }
    }

    /** The pattern of a table's files as an SQL literal, the one that the documentation tells users. */
    public String glob(String table) {
        return "'" + lake.resolve(table).toString().replace("'", "''") + "/**/*.parquet'";
    }

    /** The committed files of a table. */
    public List<Path> files(String table) {
        return walk(lake.resolve(table)).stream()
                .filter(file -> file.getFileName().toString().endsWith(".parquet"))
                .toList();
    }

    /** The files below the lake that are not committed: in progress, pending, or left over by a failed attempt. */
    public List<Path> unfinishedFiles() {
        return walk(lake).stream()
                .filter(file -> file.getFileName().toString().contains(".inprogress."))
                .toList();
    }

    private static List<Path> walk(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reading reading(ResultSet result) throws SQLException {
        ResultRow row = new ResultRow(result, ReadingColumns.ALL);
        SeriesKey series = new SeriesKey(row.text("sensor_id"), row.text("metric"));
        long micros = row.timestamp("event_time");
        double value = row.float64("value");
        String unit = row.optionalText("unit");
        String site = row.optionalText("site");
        int quality = row.int32("quality");
        String topic = row.text("origin_topic");
        int partition = row.int32("origin_partition");
        long offset = row.int64("origin_offset");
        long millis = Math.floorDiv(row.timestamp("origin_timestamp"), 1_000L);
        int generation = row.int32("generation");
        String file = row.optionalText("origin_file");
        Long fileRow = row.optionalInt64("origin_row");
        Origin origin = new Origin(topic, partition, offset, millis, file, fileRow == null ? 0 : fileRow);
        return new Reading(series, micros, value, unit, site, quality, origin, null, null, generation);
    }

    private static Aggregate aggregate(ResultSet result) throws SQLException {
        return AggregateColumns.read(new ResultRow(result, AggregateColumns.ALL));
    }
}

package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/reading-the-lake.md tells a user of DuckDB to paste does what it says. */
class ReadingTheLakeTest {
    private static final SeriesKey SERIES = new SeriesKey("s1", "temperature");

    @TempDir
    Path lake;

    @Test
    void theViewsForDuckDbShowEachWindowOnce() throws IOException, SQLException {
        try (LakeHarness<Reading> readings = LakeHarness.readings(lake);
                LakeHarness<Aggregate> aggregates = LakeHarness.aggregates(lake)) {
            readings.write(
                            LakeHarness.reading("2026-11-30T12:00:00Z", 20),
                            LakeHarness.reading("2026-11-30T12:00:20Z", 22))
                    .checkpointAndCommit();
            aggregates.write(row(2, 1, false)).checkpointAndCommit();
            // A correction; a life without state, whose row is partial and never stands; and one from state, which
            // does.
            aggregates.write(row(3, 1, false)).checkpointAndCommit();
            aggregates.write(row(9, 2, true)).checkpointAndCommit();
            aggregates.write(row(1, 3, false)).checkpointAndCommit();
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            List<String> averages = new ArrayList<>();
            for (String sql : statements()) {
                try (Statement statement = duckdb.createStatement()) {
                    if (statement.execute(sql.replace("/data/lake", lake.toString()))) {
                        averages.addAll(rows(statement.getResultSet()));
                    }
                }
            }
            assertThat(averages).containsExactly("s1 21.0");
            try (Statement statement = duckdb.createStatement();
                    ResultSet windows = statement.executeQuery("SELECT generation, revision FROM aggregates")) {
                assertThat(rows(windows)).containsExactly("3 1");
            }
        }
    }

    private static List<String> statements() throws IOException {
        String page = Files.readString(Path.of("docs/reading-the-lake.md"));
        Matcher block = Pattern.compile("## DuckDB\\s+```sql\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as("a block of SQL below DuckDB").isTrue();
        return Arrays.stream(block.group(1).split(";", -1))
                .filter(sql -> !sql.isBlank())
                .toList();
    }

    private static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(result.getString(1) + " " + result.getString(2));
        }
        return rows;
    }

    private static Aggregate row(long count, int generation, boolean partial) {
        long start = LakeHarness.micros("2026-11-30T12:00:00Z");
        return Aggregate.builder()
                .series(SERIES)
                .windowSeconds(60)
                .windowStartMicros(start)
                .site("roof")
                .unit("Cel")
                .count(count)
                .sum(42)
                .min(20)
                .max(22)
                .mean(21)
                .stddev(1.0)
                .firstValue(20)
                .lastValue(22)
                .generation(generation)
                .partial(partial)
                .build();
    }
}

package dev.weir.sink.lake;

import static dev.weir.sink.lake.LakeHarness.config;
import static dev.weir.sink.lake.LakeHarness.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files are open, and when what is in them can be seen. */
class LakeWriterTest {
    private static final Reading MONDAY = reading("2024-01-01T12:00:00Z", 1);
    private static final Reading TUESDAY = reading("2024-01-02T12:00:00Z", 2);
    private static final Reading WEDNESDAY = reading("2024-01-03T12:00:00Z", 3);

    @TempDir
    Path lake;

    private LakeReader reader;

    @BeforeEach
    void openReader() {
        reader = new LakeReader(lake);
    }

    @Test
    void anEmptyLakeHasNoRows() throws IOException {
        assertThat(reader.readings()).isEmpty();
        assertThat(reader.latestAggregates()).isEmpty();
        assertThat(reader.contents("readings")).isEqualTo(new LakeReader.Contents(0, 0, 0));
        try (LakeHarness<Reading> harness = LakeHarness.readings(lake)) {
            assertThat(harness.checkpoint()).isEmpty();
        }
    }

    @Test
    void nothingIsVisibleBeforeItsCheckpointCompletes() throws IOException {
        try (LakeHarness<Reading> harness = LakeHarness.readings(config(lake, 1))) {
            harness.write(MONDAY, TUESDAY); // the first file is complete already, the second in progress
            assertThat(reader.readings()).isEmpty();

            List<LakeFile> first = harness.checkpoint();
            assertThat(reader.readings()).isEmpty();

            harness.write(WEDNESDAY);
            List<LakeFile> second = harness.checkpoint();
            assertThat(second).hasSize(1);
            harness.commit(first);
            assertThat(reader.readings()).containsExactlyInAnyOrder(MONDAY, TUESDAY);

            harness.commit(second);
            assertThat(reader.readings()).containsExactlyInAnyOrder(MONDAY, TUESDAY, WEDNESDAY);
        }
    }

    @Test
    void nothingUnfinishedIsLeftAfterTheLastCommit() throws IOException {
        try (LakeHarness<Reading> harness = LakeHarness.readings(config(lake, 2))) {
            harness.write(MONDAY, TUESDAY, WEDNESDAY, MONDAY).checkpointAndCommit();
        }
        assertThat(reader.unfinishedFiles()).isEmpty();
        assertThat(reader.files("readings")).hasSize(4);
    }

    @Test
    void whatAFailedAttemptLeavesBehindIsNeverVisible() throws IOException {
        try (LakeHarness<Reading> failed = LakeHarness.readings(config(lake, 1))) {
            failed.write(MONDAY, TUESDAY);
        }
        assertThat(reader.unfinishedFiles()).isNotEmpty();
        assertThat(reader.readings()).isEmpty();

        try (LakeHarness<Reading> next = LakeHarness.readings(lake)) {
            next.write(MONDAY, TUESDAY).checkpointAndCommit();
        }
        assertThat(reader.readings()).containsExactlyInAnyOrder(MONDAY, TUESDAY);
    }

    @Test
    void theFileThatWasWrittenToLeastRecentlyIsCompletedFirst() throws IOException {
        try (LakeHarness<Reading> harness = LakeHarness.readings(config(lake, 2))) {
            harness.write(MONDAY, TUESDAY, MONDAY, WEDNESDAY, MONDAY); // Wednesday closes Tuesday's, not Monday's
            List<LakeFile> files = harness.checkpoint();
            assertThat(files).extracting(LakeFile::rows).containsExactly(1L, 1L, 3L);
            assertThat(files.get(0).path()).contains("/day=02/");
        }
    }

    @Test
    void aReplayOfFourYearsKeepsToTheBound() throws IOException {
        int days = 1_461;
        Map<Long, Long> expected = new HashMap<>();
        int mostOpen = 0;
        try (LakeHarness<Reading> harness = LakeHarness.readings(config(lake, 64))) {
            for (int i = 0; i < days + days / 10; i++) {
                long day =
                        15_000 + (i < days ? i : (i - days) * 10L); // every tenth day is written to again, long after
                for (int hour = 0; hour < 24; hour += 8) {
                    harness.write(reading(day * DayPartitions.MICROS_PER_DAY + hour * 3_600_000_000L, hour));
                    mostOpen = Math.max(mostOpen, harness.writer.openFiles());
                }
                expected.merge(day, 3L, Long::sum);
            }
            harness.checkpointAndCommit();
        }
        assertThat(mostOpen).isEqualTo(64);
        Map<Long, Long> byDay = new HashMap<>();
        reader.select(
                "readings",
                "epoch_us(event_time) // 86400000000, count(*)",
                "GROUP BY 1",
                row -> byDay.put(row.getLong(1), row.getLong(2)));
        assertThat(byDay).hasSize(days).isEqualTo(expected);
        assertThat(reader.unfinishedFiles()).isEmpty();
    }

    @Test
    void aFileOfManyRowGroupsIsWhole() throws IOException {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            readings.add(reading(i * 137_331L, Math.sin(i))); // 300,000 * 0.137 s = 11.4 h of one day
        }
        try (LakeHarness<Reading> harness = LakeHarness.readings(config(lake, 256))) { // row groups of 1 MiB
            harness.write(readings).checkpointAndCommit();
        }
        List<Long> rowGroups = LakeReader.query(
                "SELECT num_row_groups FROM parquet_file_metadata(" + reader.glob("readings") + ")",
                row -> row.getLong(1));
        assertThat(rowGroups).singleElement().satisfies(groups -> assertThat(groups)
                .isGreaterThan(2));
        List<String> sums =
                reader.select("readings", "count(*) || ' ' || sum(epoch_us(event_time))", "", row -> row.getString(1));
        // 137,331 * (0 + ... + 299,999) = 137,331 * 300,000 * 299,999 / 2
        assertThat(sums).containsExactly("300000 " + 137_331L * 300_000L * 299_999L / 2);
    }
}

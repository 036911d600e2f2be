package dev.weir.sink.lake;

import static dev.weir.sink.lake.LakeHarness.config;
import static dev.weir.sink.lake.LakeHarness.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Reading;
import dev.weir.metrics.SinkMetrics;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits: repeated, restored, failed and measured. */
class LakeCommitterTest {
    private static final Reading MONDAY = reading("2024-01-01T12:00:00Z", 1);
    private static final Reading TUESDAY = reading("2024-01-02T12:00:00Z", 2);

    @TempDir
    Path lake;

    @Test
    void aRepeatedCommitChangesNothing() throws IOException {
        LakeReader reader = new LakeReader(lake);
        List<LakeFile> files;
        try (LakeHarness<Reading> harness = LakeHarness.readings(lake)) {
            files = harness.write(MONDAY, TUESDAY).checkpoint();
            harness.commit(files);
            assertThat(harness.commit(files)).noneMatch(request -> request.retryLater);
        }
        try (LakeHarness<Reading> restored = LakeHarness.readings(lake)) {
            assertThat(restored.commit(files)).noneMatch(request -> request.retryLater);
        }
        assertThat(reader.readings()).containsExactlyInAnyOrder(MONDAY, TUESDAY);
        assertThat(reader.contents("readings").files()).isEqualTo(2);
    }

    @Test
    void aRestoredFileIsCommittedInTheLakeThatItWasWrittenTo() throws IOException {
        Path before = lake.resolve("before");
        Path after = lake.resolve("after");
        List<LakeFile> files;
        try (LakeHarness<Reading> harness = LakeHarness.readings(before)) {
            files = harness.write(MONDAY).checkpoint();
        }
        try (LakeHarness<Reading> restored = LakeHarness.readings(after)) {
            restored.commit(files);
            restored.write(TUESDAY).checkpointAndCommit();
        }
        assertThat(new LakeReader(before).readings()).containsExactly(MONDAY);
        assertThat(new LakeReader(after).readings()).containsExactly(TUESDAY);
    }

    @Test
    void aFileThatCannotBeCommittedIsTriedAgainThenFailsTheJobWithItsName() throws IOException {
        try (LakeHarness<Reading> harness = LakeHarness.readings(lake)) {
            LakeFile file = harness.write(MONDAY).checkpoint().get(0);
            for (Path unfinished : new LakeReader(lake).unfinishedFiles()) {
                Files.write(unfinished, new byte[1]); // Flink finds it shorter than it was
            }
            LakeHarness.Request request = harness.commit(List.of(file)).get(0);
            assertThat(request.retryLater).isTrue();

            request.retries = 3;
            assertThatThrownBy(() -> harness.committer.commit(List.of(request)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("weir.lake.path: cannot commit file:" + lake)
                    .hasMessageContaining("1 rows");
        }
    }

    /** Flink's local committer takes a file that is neither pending nor committed for a committed one, silently. */
    @Test
    void aLostFileIsReportedButDoesNotStopTheJob() throws IOException {
        MetricListener metrics = new MetricListener();
        try (LakeHarness<Reading> harness =
                new LakeHarness<>(new ReadingTable(), config(lake, 64), metrics.getMetricGroup())) {
            List<LakeFile> files = harness.write(MONDAY).checkpoint();
            for (Path unfinished : new LakeReader(lake).unfinishedFiles()) {
                Files.delete(unfinished);
            }
            harness.commit(files);
        }
        assertThat(metrics.getCounter(LakeMetrics.FILES_MISSING).map(Counter::getCount))
                .hasValue(1L);
        assertThat(metrics.getCounter(SinkMetrics.ROWS_COMMITTED).map(Counter::getCount))
                .hasValue(0L);
    }

    @Test
    void commitsAreMeasured() throws IOException {
        MetricListener metrics = new MetricListener();
        AtomicLong nanos = new AtomicLong();
        LakeCommitter committer =
                new LakeCommitter(metrics.getMetricGroup(), () -> nanos.getAndAdd(TimeUnit.MILLISECONDS.toNanos(100)));
        try (LakeHarness<Reading> harness = LakeHarness.readings(lake)) {
            List<LakeFile> files = harness.write(MONDAY, MONDAY, TUESDAY).checkpoint();
            committer.commit(
                    List.copyOf(files.stream().map(LakeHarness.Request::new).toList()));
        }
        assertThat(metrics.getCounter(SinkMetrics.ROWS_COMMITTED).map(Counter::getCount))
                .hasValue(3L);
        assertThat(metrics.getCounter(SinkMetrics.COMMIT_RETRIES).map(Counter::getCount))
                .hasValue(0L);
        // The clock moves by 100 ms each time it is read.
        assertThat(metrics.getHistogram(SinkMetrics.COMMIT_DURATION_MS)
                        .orElseThrow()
                        .getStatistics()
                        .getMax())
                .isEqualTo(100);
        assertThat(metrics.getCounter(LakeMetrics.FILES_COMMITTED).map(Counter::getCount))
                .hasValue(2L);
        assertThat(gauge(metrics, SinkMetrics.MILLIS_SINCE_LAST_COMMIT)).isEqualTo(100);
    }

    @Test
    void completedFilesArePendingUntilTheCheckpointTakesThem() throws IOException {
        MetricListener metrics = new MetricListener();
        try (LakeHarness<Reading> harness =
                new LakeHarness<>(new ReadingTable(), config(lake, 1), metrics.getMetricGroup())) {
            harness.write(MONDAY, TUESDAY);
            long pending = gauge(metrics, SinkMetrics.PENDING_BYTES);
            assertThat(pending).isPositive();
            assertThat(metrics.<Integer>getGauge(LakeMetrics.OPEN_FILES)
                            .orElseThrow()
                            .getValue())
                    .isEqualTo(1);
            assertThat(harness.checkpoint().get(0).bytes()).isEqualTo(pending);
            assertThat(gauge(metrics, SinkMetrics.PENDING_BYTES)).isZero();
        }
    }

    @Test
    void theDiskOfALocalLakeIsMeasuredBeforeTheLakeIsThere() throws IOException {
        MetricListener metrics = new MetricListener();
        Path notYet = lake.resolve("a/b");
        new LakeHarness<>(new ReadingTable(), config(notYet, 1), metrics.getMetricGroup()).close();
        assertThat(gauge(metrics, LakeMetrics.DISK_TOTAL_BYTES))
                .isEqualTo(lake.toFile().getTotalSpace());
        assertThat(gauge(metrics, LakeMetrics.DISK_FREE_BYTES)).isPositive();
    }

    private static long gauge(MetricListener metrics, String name) {
        Gauge<Long> gauge = metrics.<Long>getGauge(name).orElseThrow();
        return gauge.getValue();
    }
}

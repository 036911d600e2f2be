package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.Aggregate;
import dev.weir.metrics.SinkMetrics;
import dev.weir.postgres.Connections;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

/** Rows for a year whose table an administrator has detached: they are discarded and counted, and hold up nobody. */
class DetachedYearIT extends CommitFixture {
    private static final String DETACH = "ALTER TABLE sensor_aggregates DETACH PARTITION sensor_aggregates_2019";

    /** As the operator shows it. */
    private ExpiredRows expired;

    @Test
    void theRowsOfItsNeighboursAreCommittedExactlyOnce() throws Exception {
        server.execute(url, "SELECT weir_ensure_year(2019)", DETACH);

        try (CommitHarness task = start()) {
            task.add(
                    row("a", 2019),
                    Rows.first(row("b", 2019)),
                    row("a", 2023),
                    Rows.first(row("b", 2024)),
                    row("c", 2019));
            task.snapshot(1);
            task.complete(1);
            task.until(() -> server.rows(url, ROWS).size() == 2);
            // The next one goes on, too; all of its rows are discarded.
            task.add(row("d", 2019));
            task.snapshot(2);
            task.complete(2);
            task.until(() -> expired.count() == 4);
        }

        assertThat(server.rows(url, ROWS)).containsExactly("a|1", "b|1");
        assertThat(server.rows(url, "SELECT count(*) FROM sensor_aggregates_2019"))
                .containsExactly("0");
        assertThat(time.pauses).isEmpty();
    }

    @Test
    void aYearThatIsDetachedInTheMiddleOfACommitIsDiscardedAndOneThatIsAttachedAgainWritten() throws Exception {
        server.execute(url, "SELECT weir_ensure_year(2019)");
        hook.action = connection -> {
            hook.action = null;
            server.execute(url, DETACH);
        };

        try (CommitHarness task = start()) {
            task.add(Rows.first(row("a", 2019)), row("b", 2019), row("a", 2024));
            task.snapshot(1);
            task.complete(1);
            task.until(() -> server.rows(url, ROWS).size() == 1 && expired.count() == 2);

            server.execute(
                    url,
                    "ALTER TABLE sensor_aggregates ATTACH PARTITION sensor_aggregates_2019"
                            + " FOR VALUES FROM ('2019-01-01 00:00+00') TO ('2020-01-01 00:00+00')");
            task.add(row("b", 2019));
            task.snapshot(2);
            task.complete(2);
            task.until(() -> server.rows(url, ROWS).size() == 2);
        }

        assertThat(expired.count()).isEqualTo(2);
    }

    /** Not a year that was detached but one that lacks a part: whoever mends it loses no row. */
    @Test
    void aYearWithOtherBoundsThanItsOwnEndsTheJobAndIsNotDiscarded() throws Exception {
        server.execute(
                url,
                "CREATE TABLE sensor_aggregates_2024 PARTITION OF sensor_aggregates"
                        + " FOR VALUES FROM ('2024-06-01 00:00+00') TO ('2025-01-01 00:00+00')");

        try (CommitHarness task = start()) {
            task.add(row("a", 2024), row("b", 2023));
            task.snapshot(1);
            task.complete(1);

            assertThatThrownBy(() -> task.until(() -> false))
                    .hasStackTraceContaining("refuses key (a, temperature, 60, 2024-03-01T00:00:00Z)")
                    .hasStackTraceContaining("bounds of the year in UTC");
        }
        assertThat(expired.count()).isZero();
    }

    @Test
    void aViewOfTheYearsNameEndsTheJobAndNothingIsDiscarded() throws Exception {
        server.execute(url, "CREATE VIEW sensor_aggregates_2024 AS SELECT 1 AS one");

        try (CommitHarness task = start()) {
            task.add(row("a", 2024), row("b", 2023));
            task.snapshot(1);
            task.complete(1);

            assertThatThrownBy(() -> task.until(() -> false))
                    .hasStackTraceContaining(
                            "view public.sensor_aggregates_2024 has the name of the partition of the year 2024")
                    .hasStackTraceContaining("Drop or rename");
        }
        assertThat(expired.count()).isZero();
    }

    @Test
    void theRowsOfItsNeighboursAreWrittenAtLeastOnce() throws Exception {
        server.execute(url, "SELECT weir_ensure_year(2019)", DETACH);
        MetricListener listener = new MetricListener();
        BatchMetrics metrics = new BatchMetrics(
                listener.getMetricGroup(), new SinkMetrics(listener.getMetricGroup(), System::nanoTime));
        UpsertStatement upsert = new UpsertStatement();

        // As the connector does.
        try (Connection connection = metrics.measured(new Connections(server.options(url), "test").openForBatches());
                PreparedStatement statement = connection.prepareStatement(upsert.query())) {
            for (Aggregate row : List.of(row("a", 2019), row("a", 2024), row("b", 2019), row("b", 2023))) {
                metrics.added();
                upsert.statement(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }

        assertThat(server.rows(url, ROWS)).containsExactly("a|1", "b|1");
        assertThat(listener.getCounter(ExpiredRows.ROWS_EXPIRED).orElseThrow().getCount())
                .isEqualTo(2);
        assertThat(listener.<Long>getGauge(SinkMetrics.PENDING_BYTES)
                        .orElseThrow()
                        .getValue())
                .isZero();
    }

    private static Aggregate row(String sensor, int year) {
        return Rows.row(sensor, year + "-03-01T00:00:00Z", 1, false, 1);
    }

    private CommitHarness start() throws Exception {
        BatchCommitter.Factory real = committers(server.options(url));
        BatchCommitter.Factory listening = restored -> {
            BatchCommitter committer = real.create(restored);
            return new BatchCommitter() {
                @Override
                public long commit(PendingBatches.Work work) throws TransientCommitException, IOException {
                    return committer.commit(work);
                }

                @Override
                public void report(ExpiredRows rows) {
                    expired = rows;
                    committer.report(rows);
                }

                @Override
                public void abort() {
                    committer.abort();
                }
            };
        };
        return CommitHarness.start(listening, new CommitSettings(1 << 20, 1 << 20, Duration.ofSeconds(10), time));
    }
}

package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.metrics.SinkMetrics;
import dev.weir.testing.PostgresServer;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchMetricsTest {
    private final MetricListener listener = new MetricListener();
    private final BatchMetrics metrics =
            new BatchMetrics(listener.getMetricGroup(), new SinkMetrics(listener.getMetricGroup(), System::nanoTime));
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newDatabase();

    @BeforeEach
    void aTable() {
        server.execute(url, "CREATE TABLE t (n integer PRIMARY KEY)");
    }

    @Test
    void aBatchIsACommitAndAFailedOneAnAttempt() throws SQLException {
        try (Connection connection = metrics.measured(server.connect(url));
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            insert(insert, 1, 2, 3);
            assertThat(pendingBytes()).isEqualTo(3 * BatchMetrics.ROW_BYTES);
            assertThat(insert.executeBatch()).hasSize(3);
            assertThat(pendingBytes()).isZero();
            assertThat(count(SinkMetrics.ROWS_COMMITTED)).isEqualTo(3);

            insert(insert, 4, 1);
            // As the connector sees it without measuring: not wrapped by what a reflective call throws.
            assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
        }

        assertThat(server.rows(url, "SELECT count(*) FROM t")).containsExactly("3");
        assertThat(count(SinkMetrics.ROWS_COMMITTED)).isEqualTo(3);
        assertThat(count(SinkMetrics.COMMIT_RETRIES)).isEqualTo(1);
        assertThat(pendingBytes()).isEqualTo(2 * BatchMetrics.ROW_BYTES);
        assertThat(listener.getHistogram(SinkMetrics.COMMIT_DURATION_MS)
                        .orElseThrow()
                        .getCount())
                .isEqualTo(1);
    }

    /** A part of the batch is sent before the rest fails, and all of it again. */
    @Test
    void nothingIsPendingAfterAFlushWhateverWasSentTwice() throws SQLException {
        try (Connection connection = metrics.measured(server.connect(url));
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            insert(insert, 1, 2);
            insert.executeBatch();
            insert.setInt(1, 3); // not added: the second time that it is sent
            insert.addBatch();
            insert.executeBatch();
            assertThat(pendingBytes()).isZero();
            metrics.flushed();
            insert(insert, 4);
            assertThat(pendingBytes()).isEqualTo(BatchMetrics.ROW_BYTES);
        }
    }

    private void insert(PreparedStatement insert, int... numbers) throws SQLException {
        for (int number : numbers) {
            metrics.added();
            insert.setInt(1, number);
            insert.addBatch();
        }
    }

    private long count(String counter) {
        return listener.getCounter(counter).map(Counter::getCount).orElseThrow();
    }

    private long pendingBytes() {
        Gauge<Long> gauge = listener.<Long>getGauge(SinkMetrics.PENDING_BYTES).orElseThrow();
        return gauge.getValue();
    }
}

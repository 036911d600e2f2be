package dev.weir.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.core.model.Aggregate;
import dev.weir.metrics.SinkMetrics;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.connector.sink2.InitContext;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.jdbc.JdbcExactlyOnceOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.writer.JdbcWriter;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.connector.jdbc.internal.JdbcOutputSerializer;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class AtLeastOnceWriterTest {
    private final List<Exception> failures = new ArrayList<>();

    /** The connector throws it as a RuntimeException from whatever is called next. */
    @Test
    void hearsOfAFailureOfTheConnectorsOwnFlushThread() throws Exception {
        MetricListener listener = new MetricListener();
        BatchMetrics metrics = new BatchMetrics(
                listener.getMetricGroup(), new SinkMetrics(listener.getMetricGroup(), System::nanoTime));
        AtLeastOnceWriter writer = new AtLeastOnceWriter(lockedOut(), metrics, failures::add);
        SinkWriter.Context none = proxy(SinkWriter.Context.class);
        writer.write(Rows.row("s", 1, false, 1), none);

        await().until(() -> fails(() -> writer.write(Rows.row("s", 1, false, 2), none)));

        assertThat(failures).singleElement().satisfies(e -> assertThat(e)
                .isInstanceOf(RuntimeException.class)
                .hasRootCauseMessage("canceling statement due to lock timeout"));
        assertThat(fails(() -> writer.flush(false))).isTrue();
        assertThat(failures).hasSize(2);
    }

    /** Flushes by itself after a millisecond, and every batch waits in vain for a lock. */
    private static JdbcWriter<Aggregate> lockedOut() throws Exception {
        JdbcExecutionOptions options = JdbcExecutionOptions.builder()
                .withBatchIntervalMs(1)
                .withBatchSize(1_000_000)
                .withMaxRetries(0)
                .build();
        return new JdbcWriter<>(
                proxy(JdbcConnectionProvider.class),
                options,
                JdbcExactlyOnceOptions.defaults(),
                new JdbcQueryStatement<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public String query() {
                        return AggregateUpsert.ONE_ROW;
                    }

                    @Override
                    public void statement(PreparedStatement statement, Aggregate row) throws SQLException {
                        throw new SQLException("canceling statement due to lock timeout", "55P03");
                    }
                },
                JdbcOutputSerializer.of(null),
                DeliveryGuarantee.AT_LEAST_ONCE,
                List.of(),
                proxy(InitContext.class));
    }

    private interface Call {
        void run() throws Exception;
    }

    private static boolean fails(Call call) {
        try {
            call.run();
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    /** Answers with more of its kind, and does nothing. */
    private static <T> T proxy(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == boolean.class) {
                        return true;
                    }
                    if (answer == OptionalLong.class) {
                        return OptionalLong.empty();
                    }
                    return answer == Connection.class || answer == PreparedStatement.class ? proxy(answer) : null;
                }));
    }
}

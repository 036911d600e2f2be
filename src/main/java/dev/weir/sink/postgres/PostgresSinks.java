package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Connections;
import dev.weir.postgres.TransactionCheck;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/** The ways in which aggregates reach PostgreSQL, one per {@code weir.postgres.delivery}. */
public final class PostgresSinks {
    /** What metrics call either of them. */
    static final String METRICS = "postgres";

    /** Enough to make a round trip cheap per row, small enough for a commit of milliseconds. */
    private static final int BATCH_ROWS = 1000;
    /** The latency that at-least-once is chosen for. */
    private static final long BATCH_INTERVAL_MILLIS = 50;
    /** The connector sleeps a second more before each; beyond them a restart from the checkpoint writes the rows again. */
    private static final int RETRIES = 3;

    private PostgresSinks() {}

    /**
     * Rows are written as they come, in batches, and are all written before a checkpoint completes. Rows of a checkpoint that failed may
     * be visible; the guard makes their repetition harmless. A row that cannot be written fails the job after some retries.
     */
    public static Sink<Aggregate> atLeastOnce(WeirConfig config) {
        return new AtLeastOnceSink(
                config.pipeline(),
                new ConnectorConnections(new Connections(config.postgres(), config.pipeline())),
                JdbcExecutionOptions.builder()
                        .withBatchSize(BATCH_ROWS)
                        .withBatchIntervalMs(BATCH_INTERVAL_MILLIS)
                        .withMaxRetries(RETRIES)
                        .build());
    }

    /**
     * Rows become visible after the checkpoint that holds them is complete, each once. For {@code stream.transform(name, Types.VOID, …)};
     * the stream may be partitioned in any way, best by series.
     *
     * @param check whether this job may still write; {@link TransactionCheck#NONE} for no such check
     * @param wrapping puts something around the committers, or nothing
     */
    static OneInputStreamOperatorFactory<Aggregate, Void> exactlyOnce(
            WeirConfig config, TransactionCheck check, UnaryOperator<BatchCommitter.Factory> wrapping) {
        Connections connections = new Connections(config.postgres(), config.pipeline());
        return new PostgresCommitOperatorFactory(
                config.pipeline(),
                CommitSettings.of(config.postgres().maxPendingBytes()),
                wrapping.apply(
                        restored -> new PartCommitter(new CopyCommitter(connections, check), config.postgres())));
    }
}

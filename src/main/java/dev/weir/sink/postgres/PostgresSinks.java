package dev.weir.sink.postgres;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.postgres.Connections;
import dev.weir.postgres.TransactionCheck;
import java.util.function.UnaryOperator;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;

/** Creates the sink for each value of {@code weir.postgres.delivery}. */
public final class PostgresSinks {
    /** The name of both sinks in metrics. */
    static final String METRICS = "postgres";

    /** Chosen so that a round trip is cheap for each row, and a commit takes milliseconds. */
    private static final int BATCH_ROWS = 1000;
    /** The latency for which at-least-once is chosen. */
    private static final long BATCH_INTERVAL_MILLIS = 50;
    /**
     * The connector sleeps one second longer before each retry. After the last one, a restart from the checkpoint writes the rows again.
     */
    private static final int RETRIES = 3;

    private PostgresSinks() {}

    /**
     * Creates the sink for at-least-once. It writes rows as they come, in batches, and has written all of them before a checkpoint
     * completes. Rows of a failed checkpoint may be visible; the guard makes writing them again harmless. A row that cannot be written
     * fails the job after some retries.
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
     * Creates the sink for exactly-once, for {@code stream.transform(name, Types.VOID, …)}. Each row becomes visible once, after its
     * checkpoint has completed. The stream may be partitioned in any way, but series are best kept together.
     *
     * @param check whether this job may still write; {@link TransactionCheck#NONE} for no check
     * @param wrapping wraps the committers; the identity for none
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

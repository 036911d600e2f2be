package dev.weir;

import dev.weir.config.WeirConfig;
import dev.weir.testing.PostgresServer;
import java.util.List;

/**
 * How the production job is run by {@link PipelineRig}.
 *
 * @param config says what to do with the events; its name, topics and sinks are replaced by the run's own
 * @param edges what is placed into the graph
 * @param live whether it reads on until it is stopped; otherwise it ends with what was sent before it began
 * @param tables SQL that is executed in the run's database once its tables are there
 * @param postgres where the run's database is made
 * @param maxPendingBytes {@code weir.postgres.max-pending}
 */
record PipelinePlan(
        WeirConfig config,
        int parallelism,
        Pipeline.Edges edges,
        boolean live,
        List<String> tables,
        PostgresServer postgres,
        long maxPendingBytes) {
    private static final long DEFAULT_MAX_PENDING_BYTES = 256L << 20;

    /** Bounded, with nothing in its way. */
    static PipelinePlan of(WeirConfig config, int parallelism) {
        return new PipelinePlan(
                config,
                parallelism,
                Pipeline.STRAIGHT,
                false,
                List.of(),
                PostgresServer.shared(),
                DEFAULT_MAX_PENDING_BYTES);
    }

    PipelinePlan with(Pipeline.Edges other) {
        return new PipelinePlan(config, parallelism, other, live, tables, postgres, maxPendingBytes);
    }

    PipelinePlan untilStopped() {
        return new PipelinePlan(config, parallelism, edges, true, tables, postgres, maxPendingBytes);
    }

    PipelinePlan withTables(String... sql) {
        return new PipelinePlan(config, parallelism, edges, live, List.of(sql), postgres, maxPendingBytes);
    }

    PipelinePlan on(PostgresServer server) {
        return new PipelinePlan(config, parallelism, edges, live, tables, server, maxPendingBytes);
    }

    PipelinePlan withMaxPending(long bytes) {
        return new PipelinePlan(config, parallelism, edges, live, tables, postgres, bytes);
    }
}

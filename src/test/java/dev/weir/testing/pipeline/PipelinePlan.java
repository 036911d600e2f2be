package dev.weir.testing.pipeline;

import dev.weir.config.WeirConfig;
import dev.weir.job.Pipeline;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import java.time.Duration;
import java.util.List;

/**
 * How the production job is run by {@link PipelineRig}.
 *
 * @param config says what to do with the events; its name, topics and sinks are replaced by the run's own
 * @param topics the topics of the run, which no other run on the broker has; empty for one of the run's own that takes every event
 * @param edges what is placed into the graph
 * @param live whether it reads on until it is stopped; otherwise it ends with what was sent before it began
 * @param tables SQL that is executed in the run's database once its tables are there
 * @param postgres where the run's database is made
 * @param maxPendingBytes {@code weir.postgres.max-pending}
 * @param checkpointEvery from the beginning of one to that of the next
 */
public record PipelinePlan(
        WeirConfig config,
        List<String> topics,
        int parallelism,
        Pipeline.Edges edges,
        boolean live,
        List<String> tables,
        PostgresServer postgres,
        long maxPendingBytes,
        Duration checkpointEvery) {
    /** As often as can be: most tests look at what happens between two. */
    private static final Duration OFTEN = Duration.ofMillis(100);

    private static final long DEFAULT_MAX_PENDING_BYTES = 256L << 20;

    /** Bounded, with nothing in its way. */
    public static PipelinePlan of(WeirConfig config, int parallelism) {
        return new PipelinePlan(
                config,
                List.of(),
                parallelism,
                Pipeline.STRAIGHT,
                false,
                List.of(),
                PostgresServer.shared(),
                DEFAULT_MAX_PENDING_BYTES,
                OFTEN);
    }

    public PipelinePlan with(Pipeline.Edges other) {
        return new PipelinePlan(
                config, topics, parallelism, other, live, tables, postgres, maxPendingBytes, checkpointEvery);
    }

    public PipelinePlan untilStopped() {
        return new PipelinePlan(
                config, topics, parallelism, edges, true, tables, postgres, maxPendingBytes, checkpointEvery);
    }

    public PipelinePlan withTables(String... sql) {
        return new PipelinePlan(
                config, topics, parallelism, edges, live, List.of(sql), postgres, maxPendingBytes, checkpointEvery);
    }

    public PipelinePlan withTopics(List<String> names) {
        return new PipelinePlan(
                config, names, parallelism, edges, live, tables, postgres, maxPendingBytes, checkpointEvery);
    }

    /** The same configuration for topics with the run's name in front. */
    PipelinePlan inTopicsOf(String run) {
        WeirConfig renamed = TestConfigs.inTopics(config, run);
        return new PipelinePlan(
                renamed,
                renamed.kafka().topics(),
                parallelism,
                edges,
                live,
                tables,
                postgres,
                maxPendingBytes,
                checkpointEvery);
    }

    public PipelinePlan on(PostgresServer server) {
        return new PipelinePlan(
                config, topics, parallelism, edges, live, tables, server, maxPendingBytes, checkpointEvery);
    }

    public PipelinePlan withMaxPending(long bytes) {
        return new PipelinePlan(config, topics, parallelism, edges, live, tables, postgres, bytes, checkpointEvery);
    }

    public PipelinePlan withCheckpointsEvery(Duration interval) {
        return new PipelinePlan(config, topics, parallelism, edges, live, tables, postgres, maxPendingBytes, interval);
    }
}

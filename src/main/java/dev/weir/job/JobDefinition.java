package dev.weir.job;

import dev.weir.config.ConfigurationException;
import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.failure.NotStartedException;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.NewestRun;
import dev.weir.generation.RestoredState;
import dev.weir.generation.Run;
import dev.weir.output.Output;
import dev.weir.sink.deadletter.DeadLetterOutput;
import dev.weir.sink.lake.LakeOutput;
import dev.weir.sink.postgres.PostgresOutput;
import dev.weir.source.EndOffsets;
import dev.weir.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Defines the production job: creates its tables and topics, its source and its outputs, and puts the graph into an
 * environment. Every way to run the job calls it.
 */
public final class JobDefinition {
    /**
     * A number with many divisors, so that every usual parallelism gets key groups of equal number. It is part of every
     * savepoint, so it never changes.
     */
    public static final int MAX_PARALLELISM = WeirOptions.DEFAULT_MAX_PARALLELISM;

    /**
     * Defines the job and submits it.
     *
     * @param holdsTheEnd whether a bounded run waits at its end for a stop with a savepoint that drains, which keeps
     *     its state
     * @throws NotStartedException if Kafka or PostgreSQL is away, refuses or lacks something; Flink has not received
     *     the job
     */
    public static JobClient submit(StreamExecutionEnvironment env, WeirConfig config, boolean holdsTheEnd)
            throws Exception {
        try {
            define(env, config, Pipeline.STRAIGHT, holdsTheEnd);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new NotStartedException(e);
        }
        return env.executeAsync(name(config));
    }

    /** Returns the job's name, as Flink shows it. */
    public static String name(WeirConfig config) {
        return "Weir: " + config.pipeline();
    }

    /**
     * Creates the pipeline's missing tables and topics, and puts its graph into the environment.
     *
     * @throws RuntimeException if Kafka or PostgreSQL is away, refuses or lacks something; its message begins with the
     *     option
     */
    public static void define(StreamExecutionEnvironment env, WeirConfig config) {
        define(env, config, Pipeline.STRAIGHT);
    }

    /**
     * Defines the job as {@link #define(StreamExecutionEnvironment, WeirConfig)} does, with the test's additions to the
     * graph.
     */
    public static void define(StreamExecutionEnvironment env, WeirConfig config, Pipeline.Edges edges) {
        define(env, config, edges, false);
    }

    private static void define(
            StreamExecutionEnvironment env, WeirConfig config, Pipeline.Edges edges, boolean holdsTheEnd) {
        if (env.getConfiguration().getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
            env.setMaxParallelism(MAX_PARALLELISM);
        }
        // This check comes first, before anything outside is changed.
        RestoredState.requireMaxParallelism(env.getConfiguration(), env.getMaxParallelism());
        String runId = UUID.randomUUID().toString();
        List<Output> outputs = outputs(config, runId, transactionLife(env, config));
        outputs.forEach(Output::prepare);
        Run run = new Run(runId, config, Output.fenceOf(outputs));
        // The ends are resolved here because the topics are known to exist now.
        var events = EventSource.create(config, WeirTypes.EVENT, EndOffsets.resolved(config.kafka()), holdsTheEnd);
        Pipeline.build(env, events, outputs, run, edges);
    }

    /**
     * Puts a graph of the pipeline into the environment without asking anything outside, so the size of the largest
     * dead letter is not known. It is for a {@link Recovery}: Flink needs a graph, and replaces it with the one of the
     * restored job.
     */
    static void defineWithoutLooking(StreamExecutionEnvironment env, WeirConfig config) {
        String runId = UUID.randomUUID().toString();
        List<Output> outputs = outputs(config, runId, transactionLife(env, config));
        Run run = new Run(runId, config, Output.fenceOf(outputs));
        Pipeline.build(env, EventSource.create(config, WeirTypes.EVENT), outputs, run, Pipeline.STRAIGHT);
    }

    /** Gives checkpoints Weir's timeout if the user sets none, and returns how long transactions may last with it. */
    static TransactionLife transactionLife(StreamExecutionEnvironment env, WeirConfig config) {
        TransactionLife life =
                TransactionLife.of(env.getConfiguration(), config.kafka().properties());
        env.configure(new Configuration().set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, life.checkpointTimeout()));
        return life;
    }

    /**
     * Creates the outputs that the configuration names, in the order in which they are prepared and attached. This list is
     * all that a new output has to be added to.
     *
     * @param runId of the run that may write
     * @param life how long checkpoints and restarts keep a transaction open
     */
    public static List<Output> outputs(WeirConfig config, String runId, TransactionLife life) {
        List<Output> outputs = new ArrayList<>();
        if (config.lake() != null) {
            outputs.add(new LakeOutput(config.lake(), config.pipeline()));
        }
        if (config.postgres() != null) {
            outputs.add(new PostgresOutput(config, new NewestRun(config.pipeline(), runId)));
        }
        outputs.add(new DeadLetterOutput(config, life));
        return outputs;
    }

    private JobDefinition() {}
}

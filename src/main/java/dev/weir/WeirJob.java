package dev.weir;

import dev.weir.cli.Weir;
import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import dev.weir.config.WeirOptions;
import dev.weir.core.check.Units;
import dev.weir.doctor.SlotsArea;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.NewestRun;
import dev.weir.generation.RestoredState;
import dev.weir.generation.Run;
import dev.weir.sink.deadletter.DeadLetterFormat;
import dev.weir.sink.deadletter.DeadLetterSink;
import dev.weir.sink.deadletter.DeadLetterTopic;
import dev.weir.sink.lake.LakeSink;
import dev.weir.sink.postgres.Migrations;
import dev.weir.sink.postgres.PostgresSinks;
import dev.weir.source.Ends;
import dev.weir.source.EventSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job: configuration, source and sinks, graph, execute. What a Flink cluster runs, and what every other way to run it calls. */
public final class WeirJob {
    private static final Logger LOG = LoggerFactory.getLogger(WeirJob.class);

    /** Has many divisors, so that every usual parallelism gets key groups of equal number. Part of every savepoint: never changes. */
    static final int MAX_PARALLELISM = WeirOptions.DEFAULT_MAX_PARALLELISM;

    /**
     * What {@code flink run} and the operator call: the configuration is the cluster's, above it {@code -Dkey=value} arguments.
     *
     * @throws dev.weir.config.ConfigurationException with every problem, each with file and line or the option's name
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Map<String, String> overrides = Weir.overrides(args);
        Resolved resolved;
        try {
            resolved = new ConfigLoader(Units::isKnown)
                    .fromFlink(Configuration.fromMap(env.getConfiguration().toMap()), overrides);
        } catch (ConfigurationException e) {
            if (!Recovery.isUnderWay(env)) {
                throw e;
            }
            LOG.warn(
                    "The restored job goes on as it was submitted. Its configuration cannot be read any more: {}",
                    e.getMessage());
            Recovery.executePlaceholder(env);
            return;
        }
        WeirConfig config = resolved.config();
        resolved.warnings().forEach(warning -> LOG.warn("{}", warning));
        env.configure(Configuration.fromMap(overrides));
        Map<String, String> shown = new LinkedHashMap<>(env.getConfiguration()
                .getOptional(PipelineOptions.GLOBAL_JOB_PARAMETERS)
                .orElse(Map.of()));
        shown.putAll(resolved.shown());
        env.configure(new Configuration().set(PipelineOptions.GLOBAL_JOB_PARAMETERS, shown));
        if (Recovery.isUnderWay(env)) {
            defineWithoutLooking(env, config);
            LOG.info(
                    "Pipeline {} has been restored by this JobManager; main looks at nothing outside",
                    config.pipeline());
        } else {
            define(env, config);
            LOG.info(
                    "Pipeline {} is defined; {}",
                    config.pipeline(),
                    SlotsArea.needed(
                            env.getParallelism(), env.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS)));
        }
        env.execute(name(config));
    }

    /**
     * The pipeline's tables and topics exist, and its job is submitted.
     *
     * @throws NotStartedException if Kafka or PostgreSQL is away, refuses or lacks something; Flink has not seen the job
     */
    public static JobClient submit(StreamExecutionEnvironment env, WeirConfig config) throws Exception {
        return submit(env, config, false);
    }

    /**
     * The same.
     *
     * @param holdsTheEnd whether a bounded run waits at its end for a stop with a savepoint that drains, which keeps its state
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

    static String name(WeirConfig config) {
        return "Weir: " + config.pipeline();
    }

    /** The pipeline's tables and topics exist, and its graph is in the environment. */
    static void define(StreamExecutionEnvironment env, WeirConfig config) {
        define(env, config, Pipeline.STRAIGHT);
    }

    static void define(StreamExecutionEnvironment env, WeirConfig config, Pipeline.Edges edges) {
        define(env, config, edges, false);
    }

    private static void define(
            StreamExecutionEnvironment env, WeirConfig config, Pipeline.Edges edges, boolean holdsTheEnd) {
        if (env.getConfiguration().getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
            env.setMaxParallelism(MAX_PARALLELISM);
        }
        // Before anything outside is touched.
        RestoredState.requireMaxParallelism(env.getConfiguration(), env.getMaxParallelism());
        if (config.postgres() != null) {
            if (config.postgres().migrate()) {
                Migrations.apply(config.postgres());
            } else {
                Migrations.check(config.postgres());
            }
        }
        TransactionLife life = transactionLife(env, config);
        int maxRecordBytes = DeadLetterTopic.ensure(config, life);
        Run run = new Run(UUID.randomUUID().toString(), config);
        // After the topics are known to be there.
        var events = EventSource.create(config, WeirTypes.EVENT, Ends.resolved(config.kafka()), holdsTheEnd);
        Pipeline.build(env, events, sinks(run, maxRecordBytes, life), run, edges);
    }

    /**
     * Some graph of the pipeline is in the environment. For a {@link Recovery}: Flink wants one, and throws it away for the one that the job
     * was restored with. Nothing outside is asked, so the largest dead letter is not known.
     */
    private static void defineWithoutLooking(StreamExecutionEnvironment env, WeirConfig config) {
        TransactionLife life = transactionLife(env, config);
        Run run = new Run(UUID.randomUUID().toString(), config);
        Pipeline.Sinks sinks = sinks(run, DeadLetterFormat.HEADROOM_BYTES, life);
        Pipeline.build(env, EventSource.create(config, WeirTypes.EVENT), sinks, run, Pipeline.STRAIGHT);
    }

    /** Gives checkpoints Weir's timeout where the user sets none, and returns how long transactions may last with it. */
    static TransactionLife transactionLife(StreamExecutionEnvironment env, WeirConfig config) {
        TransactionLife life =
                TransactionLife.of(env.getConfiguration(), config.kafka().properties());
        env.configure(new Configuration().set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, life.checkpointTimeout()));
        return life;
    }

    static Pipeline.Sinks sinks(Run run, int maxRecordBytes, TransactionLife life) {
        WeirConfig config = run.config();
        boolean lake = config.lake() != null;
        boolean postgres = config.postgres() != null;
        boolean exactlyOnce = postgres && config.postgres().delivery() == Delivery.EXACTLY_ONCE;
        return new Pipeline.Sinks(
                lake ? LakeSink.readings(config.lake(), config.pipeline()) : null,
                lake ? LakeSink.aggregates(config.lake(), config.pipeline()) : null,
                exactlyOnce ? PostgresSinks.exactlyOnce(config, new NewestRun(run)) : null,
                postgres && !exactlyOnce ? PostgresSinks.atLeastOnce(config) : null,
                new DeadLetterFormat(config.pipeline(), maxRecordBytes),
                DeadLetterSink.create(config, maxRecordBytes, life));
    }
}

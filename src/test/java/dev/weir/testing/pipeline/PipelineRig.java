package dev.weir.testing.pipeline;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.job.JobDefinition;
import dev.weir.job.Pipeline;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

/**
 * Runs the production job on a MiniCluster with a real broker and a real PostgreSQL, each run on a topic, tables and a lake of its own,
 * and reads back what it left behind.
 */
public final class PipelineRig implements AutoCloseable {
    private static final int SLOTS = 4;
    private static final Duration RUN_WITHIN = Duration.ofMinutes(2);
    /**
     * Settings of a topic that takes the largest bad event, and any timestamp. Generated sensors begin on a fixed day, and
     * the slow ones reach months ahead of it; a broker refuses what is an hour ahead of its own clock by default.
     */
    public static final Map<String, String> TOPIC = Map.of(
            "max.message.bytes",
            "4194304",
            "message.timestamp.type",
            "CreateTime",
            "message.timestamp.after.max.ms",
            Long.toString(Long.MAX_VALUE),
            "retention.ms",
            "-1");

    private final AtomicInteger runs = new AtomicInteger();
    private final KafkaBroker broker;
    private final boolean closesBroker;
    private final Map<String, String> options;
    private final Path directory;
    private final MiniCluster cluster;

    public PipelineRig() throws Exception {
        this(Map.of());
    }

    /** @param broker outlives the rig, which does not close it */
    public PipelineRig(KafkaBroker broker) throws Exception {
        this(broker, false, Map.of());
    }

    /** @param options of Flink, for the cluster and for its jobs, besides the rig's own */
    public PipelineRig(Map<String, String> options) throws Exception {
        this(KafkaBroker.start(), true, options);
    }

    private PipelineRig(KafkaBroker broker, boolean closesBroker, Map<String, String> options) throws Exception {
        this.broker = broker;
        this.closesBroker = closesBroker;
        this.options = options;
        directory = Files.createTempDirectory("weir-pipeline-");
        Configuration configuration = new Configuration();
        configuration.setString("io.tmp.dirs", directory.toString());
        configuration.setString("taskmanager.memory.managed.size", "256 mb");
        configuration.setString("metrics.fetcher.update-interval", "200 ms");
        options.forEach(configuration::setString);
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .setConfiguration(configuration)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    /** The events have gone through the whole job, to the end, with nothing placed at its edges. */
    public PipelineRun run(WeirConfig base, List<Event> events, int parallelism) throws Exception {
        return run(base, events, parallelism, Pipeline.STRAIGHT);
    }

    /**
     * The events have gone through the whole job, to the end.
     *
     * @param base says what to do with them; its name, topics and sinks are replaced by this run's own
     * @param events in offset order within each partition, offsets from 0; they are sent in this order
     */
    public PipelineRun run(WeirConfig base, List<Event> events, int parallelism, Pipeline.Edges edges)
            throws Exception {
        return run(PipelinePlan.of(base, parallelism).with(edges), events);
    }

    public PipelineRun run(PipelinePlan plan, List<Event> events) throws Exception {
        return start(plan, events, partitions(events)).end(RUN_WITHIN);
    }

    /**
     * The job runs.
     *
     * @param events are in its topic before; if the configuration has several topics, in topics of the run that are named after them
     */
    public PipelineJob start(PipelinePlan plan, List<Event> events, int partitions) throws Exception {
        String id = "run-" + runs.incrementAndGet();
        if (plan.topics().isEmpty() && plan.config().kafka().topics().size() > 1) {
            List<Event> moved = events.stream()
                    .map(event -> inTopic(event, id + '.' + event.origin().topic()))
                    .toList();
            return start(plan.inTopicsOf(id), moved, partitions, id);
        }
        return start(plan, events, partitions, id);
    }

    private PipelineJob start(PipelinePlan plan, List<Event> events, int partitions, String id) throws Exception {
        WeirConfig config = configured(plan, id);
        PipelineJob job = new PipelineJob(broker, plan.postgres(), cluster, config);
        config.kafka().topics().forEach(topic -> broker.createTopic(topic, partitions, TOPIC));
        job.send(events);
        Configuration configuration = jobConfiguration();
        configuration.setString(
                "execution.checkpointing.interval", plan.checkpointEvery().toMillis() + " ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(plan.parallelism());
        JobDefinition.define(env, config, plan.edges());
        plan.postgres().execute(config.postgres().url(), plan.tables().toArray(new String[0]));
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(JobDefinition.name(config));
        job.begin(graph.getJobGraph());
        return job;
    }

    public KafkaBroker broker() {
        return broker;
    }

    public PostgresServer postgres() {
        return PostgresServer.shared();
    }

    public MiniCluster cluster() {
        return cluster;
    }

    /** Lakes, checkpoints and savepoints are below it; it goes with the rig. */
    public Path directory() {
        return directory;
    }

    /** What stands outside now. */
    public PipelineRun read(WeirConfig config, List<Event> sent, JobGraph job, ArchivedExecutionGraph graph)
            throws Exception {
        return PipelineRun.read(broker, PostgresServer.shared(), config, sent, job, graph);
    }

    public static int partitions(List<Event> events) {
        return 1
                + events.stream()
                        .mapToInt(event -> event.origin().partition())
                        .max()
                        .orElse(0);
    }

    private WeirConfig configured(PipelinePlan plan, String id) {
        WeirConfig base = plan.config();
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                broker.bootstrapServers(),
                plan.topics().isEmpty() ? List.of(id) : plan.topics(),
                null,
                id,
                new WeirConfig.Start(WeirConfig.Start.Mode.EARLIEST, null),
                new WeirConfig.Stop(plan.live() ? WeirConfig.Stop.Mode.NEVER : WeirConfig.Stop.Mode.LATEST, null),
                base.kafka().properties());
        WeirConfig.Lake lake =
                new WeirConfig.Lake(directory.resolve(id).resolve("lake").toString(), WeirOptions.Compression.ZSTD, 64);
        WeirConfig config = TestConfigs.withSinks(base, kafka, lake, exactlyOnce(plan));
        return new WeirConfig(
                id,
                config.kafka(),
                config.time(),
                config.windows(),
                config.stateRetention(),
                config.lake(),
                config.postgres(),
                new WeirConfig.DeadLetters(id + "-dlq", base.deadLetters().payload()),
                config.rewind(),
                config.catalog());
    }

    private static WeirConfig.Postgres exactlyOnce(PipelinePlan plan) {
        WeirConfig.Postgres options = plan.postgres().options(plan.postgres().newDatabase());
        return new WeirConfig.Postgres(
                options.url(),
                options.user(),
                options.password(),
                options.passwordFile(),
                options.schema(),
                WeirConfig.Postgres.Delivery.EXACTLY_ONCE,
                options.migrate(),
                plan.maxPendingBytes());
    }

    public static List<Event> inTopic(List<Event> events, String topic) {
        return events.stream().map(event -> inTopic(event, topic)).toList();
    }

    static Event inTopic(Event event, String topic) {
        return new Event(inTopic(event.origin(), topic), event.key(), event.value(), event.headers());
    }

    private static Origin inTopic(Origin origin, String topic) {
        return new Origin(topic, origin.partition(), origin.offset(), origin.timestampMillis());
    }

    public Configuration jobConfiguration() {
        Configuration configuration = new Configuration();
        configuration.setString("state.backend.type", "rocksdb");
        configuration.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
        configuration.setString("execution.checkpointing.interval", "100 ms");
        configuration.setString(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "3");
        configuration.setString("restart-strategy.fixed-delay.delay", "0 s");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("pipeline.auto-generate-uids", "false");
        options.forEach(configuration::setString);
        return configuration;
    }

    /** Cancels every job that still runs on the cluster. */
    void cancelJobs() throws Exception {
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                cluster.cancelJob(job.getJobId()).get();
            }
        }
    }

    /** Stops the cluster, and the broker unless it was given, and deletes their files. PostgreSQL is shared and stays. */
    @Override
    public void close() throws Exception {
        cluster.close();
        if (closesBroker) {
            broker.close();
        }
        FileUtils.deleteDirectory(directory.toFile());
    }
}

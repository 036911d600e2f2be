package dev.weir;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.outputs.PostgresOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Runs the production job on a MiniCluster with a real broker and a real PostgreSQL, each run on a topic, tables and a lake of its own,
 * and reads back what it left behind.
 */
final class PipelineRig implements AutoCloseable {
    private static final int SLOTS = 4;
    private static final Duration RUN_WITHIN = Duration.ofMinutes(2);
    /** Topics take what the largest bad event weighs. */
    static final Map<String, String> TOPIC =
            Map.of("max.message.bytes", "4194304", "message.timestamp.type", "CreateTime", "retention.ms", "-1");

    private final AtomicInteger runs = new AtomicInteger();
    private final KafkaBroker broker = KafkaBroker.start();
    private final PostgresServer postgres = PostgresServer.shared();
    private final Path directory;
    private final MiniCluster cluster;

    PipelineRig() throws Exception {
        directory = Files.createTempDirectory("weir-pipeline-");
        Configuration configuration = new Configuration();
        configuration.setString("io.tmp.dirs", directory.toString());
        configuration.setString("taskmanager.memory.managed.size", "256 mb");
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .setConfiguration(configuration)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    /** The events have gone through the whole job, to the end, with nothing placed at its edges. */
    PipelineRun run(WeirConfig base, List<Event> events, int parallelism) throws Exception {
        return run(base, events, parallelism, Pipeline.STRAIGHT);
    }

    /**
     * The events have gone through the whole job, to the end.
     *
     * @param base says what to do with them; its name, topics and sinks are replaced by this run's own
     * @param events in offset order within each partition, offsets from 0; they are sent in this order
     */
    PipelineRun run(WeirConfig base, List<Event> events, int parallelism, Pipeline.Edges edges) throws Exception {
        String id = "run-" + runs.incrementAndGet();
        WeirConfig config = configured(base, id);
        List<Event> sent = inTopic(events, id);
        send(id, sent);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(jobConfiguration());
        env.setParallelism(parallelism);
        WeirJob.define(env, config, edges);
        JobGraph job = env.getStreamGraph().getJobGraph();
        JobID jobId = cluster.submitJob(job).get().getJobID();
        try {
            cluster.requestJobResult(jobId)
                    .get(RUN_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .toJobExecutionResult(PipelineRig.class.getClassLoader());
        } catch (TimeoutException e) {
            cluster.cancelJob(jobId).get();
            throw e;
        }
        return read(config, sent, job, cluster.getArchivedExecutionGraph(jobId).get());
    }

    /** What stands outside now. */
    PipelineRun read(WeirConfig config, List<Event> sent, JobGraph job, ArchivedExecutionGraph graph) throws Exception {
        LakeReader lake = new LakeReader(Path.of(config.lake().path()));
        try (Connection connection = postgres.connect(config.postgres().url())) {
            return new PipelineRun(
                    config,
                    sent,
                    lake.readings(),
                    lake.aggregates(),
                    lake.latestAggregates(),
                    lake.unfinishedFiles(),
                    PostgresOutputs.aggregates(connection),
                    broker.readAll(config.deadLetters().topic()),
                    PostgresOutputs.books(connection, config.pipeline()),
                    job,
                    graph);
        }
    }

    KafkaBroker broker() {
        return broker;
    }

    PostgresServer postgres() {
        return postgres;
    }

    MiniCluster cluster() {
        return cluster;
    }

    /** Lakes, checkpoints and savepoints are below it; it goes with the rig. */
    Path directory() {
        return directory;
    }

    private WeirConfig configured(WeirConfig base, String id) {
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                broker.bootstrapServers(),
                List.of(id),
                null,
                id,
                new WeirConfig.Start(WeirConfig.Start.Mode.EARLIEST, null),
                new WeirConfig.Stop(WeirConfig.Stop.Mode.LATEST, null),
                base.kafka().properties());
        WeirConfig.Lake lake =
                new WeirConfig.Lake(directory.resolve(id).resolve("lake").toString(), "zstd", 64);
        WeirConfig config = TestConfigs.withSinks(base, kafka, lake, atLeastOnce(postgres.newDatabase()));
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

    private WeirConfig.Postgres atLeastOnce(String url) {
        WeirConfig.Postgres options = postgres.options(url);
        return new WeirConfig.Postgres(
                options.url(),
                options.user(),
                options.password(),
                options.passwordFile(),
                options.schema(),
                WeirConfig.Postgres.Delivery.EXACTLY_ONCE,
                options.migrate(),
                options.maxPendingBytes());
    }

    private void send(String topic, List<Event> events) {
        int partitions = events.stream()
                        .mapToInt(event -> event.origin().partition())
                        .max()
                        .orElse(0)
                + 1;
        broker.createTopic(topic, partitions, TOPIC);
        broker.send(events.stream()
                .map(event -> new ProducerRecord<>(
                        topic,
                        event.origin().partition(),
                        event.origin().timestampMillis(),
                        event.key(),
                        event.value()))
                .toList());
    }

    static List<Event> inTopic(List<Event> events, String topic) {
        return events.stream()
                .map(event -> new Event(inTopic(event.origin(), topic), event.key(), event.value()))
                .toList();
    }

    private static Origin inTopic(Origin origin, String topic) {
        return new Origin(topic, origin.partition(), origin.offset(), origin.timestampMillis());
    }

    Configuration jobConfiguration() {
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
        return configuration;
    }

    /** The cluster and the broker are down and their files gone; PostgreSQL is shared and stays. */
    @Override
    public void close() throws Exception {
        cluster.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException("cannot clean " + directory, e);
        }
    }
}

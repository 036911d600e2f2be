package dev.weir.testing.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Event;
import dev.weir.job.JobDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** One pipeline over several jobs: its name, topic, database and lake stay the same. Its jobs have no end of their own. */
public final class PipelineLife {
    private final PipelineRig rig;
    private final String name;
    private final String url;
    private final List<Event> sent = new ArrayList<>();

    /** @param url of a database of its own, or of another pipeline's */
    public PipelineLife(PipelineRig rig, String name, String url, int partitions) {
        this(rig, name, url, partitions, PipelineRig.TOPIC);
    }

    public PipelineLife(PipelineRig rig, String name, String url, int partitions, Map<String, String> topic) {
        this.rig = rig;
        this.name = name;
        this.url = url;
        rig.broker().createTopic(name, partitions, topic);
    }

    /** The events stand in the topic, behind those sent before; their offsets are where they come to stand. */
    public void send(List<Event> events) {
        rig.broker().send(records(events));
    }

    /** The same as records that the caller sends. */
    public List<ProducerRecord<byte[], byte[]>> records(List<Event> events) {
        sent.addAll(PipelineRig.inTopic(events, name));
        return events.stream()
                .map(event -> new ProducerRecord<>(
                        name, event.origin().partition(), event.origin().timestampMillis(), event.key(), event.value()))
                .toList();
    }

    /** The consumer group of the pipeline stands at these offsets, by partition. */
    public void commit(Map<Integer, Long> offsets) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        offsets.forEach((partition, offset) ->
                committed.put(new TopicPartition(name, partition), new OffsetAndMetadata(offset)));
        try (Admin admin = rig.broker().admin()) {
            admin.alterConsumerGroupOffsets(name, committed).all().get();
        }
    }

    public String name() {
        return name;
    }

    /** Everything sent, as it stood in the topic. */
    public List<Event> sent() {
        return List.copyOf(sent);
    }

    /** As retention does: the topic begins at these offsets, by partition. */
    public void deleteBefore(Map<Integer, Long> offsets) throws ExecutionException, InterruptedException {
        Map<TopicPartition, RecordsToDelete> records =
                new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
        offsets.forEach((partition, offset) ->
                records.put(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)));
        try (Admin admin = rig.broker().admin()) {
            admin.deleteRecords(records).all().get();
        }
    }

    /** The topic is deleted, and another one has its name; nothing was sent to that. */
    public void makeTheTopicAnew(int partitions) throws ExecutionException, InterruptedException {
        deleteTheTopic();
        rig.broker().createTopic(name, partitions, PipelineRig.TOPIC);
        sent.clear();
    }

    public void deleteTheTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = rig.broker().admin()) {
            admin.deleteTopics(List.of(name)).all().get();
        }
    }

    public RunningPipeline start(Starting starting) throws Exception {
        WeirConfig config = configured(starting);
        Configuration configuration = rig.jobConfiguration();
        configuration.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        // Enough for two jobs of one pipeline to sort out which is the newer.
        configuration.setString("restart-strategy.fixed-delay.attempts", "30");
        configuration.setString("restart-strategy.fixed-delay.delay", "100 ms");
        starting.options().forEach(configuration::setString);
        if (starting.from() != null) { // as the flink command and the operator do
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, starting.from());
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(starting.parallelism());
        JobDefinition.define(env, config, starting.edges());
        JobGraph job = env.getStreamGraph().getJobGraph();
        if (starting.from() != null) {
            job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(starting.from(), false));
        }
        JobID id = rig.cluster().submitJob(job).get().getJobID();
        return new RunningPipeline(rig, this, config, job, id);
    }

    /** JDBC URL of its database. */
    public String url() {
        return url;
    }

    /** As another job of the pipeline does that starts now. */
    public void registerNewerRun() {
        rig.postgres()
                .execute(
                        url,
                        "INSERT INTO weir_runs (pipeline, serial, run_id) SELECT pipeline, max(serial) + 1, 'newer'"
                                + " FROM weir_runs WHERE pipeline = '" + name + "' GROUP BY pipeline");
    }

    /** The books of one generation. */
    public Map<String, Long> books(int generation) {
        Map<String, Long> books = new TreeMap<>();
        String sql =
                "SELECT counter, value FROM weir_books WHERE pipeline = '" + name + "' AND generation = " + generation;
        rig.postgres().rows(url, sql).forEach(row -> {
            int bar = row.indexOf('|');
            books.put(row.substring(0, bar), Long.valueOf(row.substring(bar + 1)));
        });
        return books;
    }

    /** Every generation that was begun, or tried to. */
    public List<String> generations() {
        return rig.postgres()
                .rows(url, "SELECT generation FROM weir_generations WHERE pipeline = '" + name + "' ORDER BY 1");
    }

    /** All rows of all its tables, and all files of its lakes. */
    public List<String> outside() throws IOException {
        List<String> outside = new ArrayList<>();
        for (String table : List.of(
                "weir_runs", "weir_generations", "weir_pipelines", "weir_books", "weir_files", "sensor_aggregates")) {
            rig.postgres()
                    .rows(url, "SELECT t::text FROM " + table + " t ORDER BY 1")
                    .forEach(row -> outside.add(table + " " + row));
        }
        try (Stream<Path> files = Files.walk(rig.directory().resolve(name))) {
            files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(outside::add);
        }
        return outside;
    }

    /** For each row its sensor, window seconds, start in epoch seconds, generation and partial. */
    public List<String> rowGenerations() {
        String sql = "SELECT sensor_id, window_seconds, extract(epoch FROM window_start)::bigint, generation, partial"
                + " FROM sensor_aggregates";
        return rig.postgres().rows(url, sql);
    }

    public void assertRowsAreOf(int generation) {
        assertThat(rig.postgres().rows(url, "SELECT DISTINCT generation, partial FROM sensor_aggregates"))
                .containsExactly(generation + "|f");
    }

    private WeirConfig configured(Starting starting) {
        WeirConfig base = starting.base();
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                rig.broker().bootstrapServers(),
                List.of(starting.topic() == null ? name : starting.topic()),
                null,
                name,
                new WeirConfig.Start(starting.mode(), null),
                new WeirConfig.Stop(WeirConfig.Stop.Mode.NEVER, null),
                base.kafka().properties());
        return new WeirConfig(
                starting.pipeline() == null ? name : starting.pipeline(),
                kafka,
                base.time(),
                base.windows(),
                base.stateRetention(),
                new WeirConfig.Lake(
                        rig.directory().resolve(name).resolve(starting.lake()).toString(),
                        WeirOptions.Compression.ZSTD,
                        64),
                rig.postgres().options(url),
                new WeirConfig.DeadLetters(name + "-dlq", base.deadLetters().payload()),
                starting.rewind(),
                base.catalog());
    }
}

package dev.weir.sink.deadletter;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.stop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.model.DeadLetter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.source.EventSource;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From one topic through the source to the dead letters, all events rejected; checkpoints only when a test asks. */
@Timeout(180)
class DeadLetterSinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final TransactionLife LIFE = TransactionLife.of(new Configuration(), Map.of());

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void showsNothingBeforeTheCheckpointAndEverythingOnceAfterIt(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        topic("visible", 100);
        WeirConfig config = config("visible", Stop.Mode.NEVER);
        JobClient job = run(config, DeadLetterSinkIT::rejected);
        try {
            await().atMost(PATIENCE).until(() -> written("visible-dlq") >= 100);
            assertThat(broker.readAll("visible-dlq")).isEmpty();

            cluster.triggerCheckpoint(job.getJobID()).get();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(values("visible-dlq")).hasSize(100));
            assertThat(values("visible-dlq")).containsExactlyInAnyOrderElementsOf(values("visible"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(committedToTheGroup("visible"))
                    .isEqualTo(100));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void showsEveryDeadLetterOnceThoughTheJobFailsAfterACheckpoint(
            @InjectMiniCluster MiniCluster cluster, @TempDir Path dir) throws Exception {
        topic("failing", 100);
        WeirConfig config = config("failing", Stop.Mode.NEVER);
        JobClient job = run(config, new FailingOnce(dir.resolve("failed").toString()));
        try {
            await().atMost(PATIENCE).until(() -> written("failing-dlq") >= 100);
            cluster.triggerCheckpoint(job.getJobID()).get();
            send("failing", 100, 200);
            await().atMost(PATIENCE).until(() -> written("failing-dlq") >= 150);
            broker.send(List.of(new ProducerRecord<>("failing", "fail".getBytes(UTF_8))));
            await().atMost(PATIENCE).until(() -> Files.exists(dir.resolve("failed")));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(checkpointed(cluster, job)).isTrue();
                assertThat(values("failing-dlq")).hasSizeGreaterThanOrEqualTo(201);
            });
            assertThat(values("failing-dlq")).containsExactlyInAnyOrderElementsOf(values("failing"));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void endsByItselfWithEverythingCommittedWhenTheInputIsBounded() throws Exception {
        topic("bounded", 1_000);
        JobClient job = run(config("bounded", Stop.Mode.LATEST), DeadLetterSinkIT::rejected);
        job.getJobExecutionResult().get();

        List<ConsumerRecord<byte[], byte[]>> letters = broker.readAll("bounded-dlq");
        assertThat(values("bounded-dlq")).containsExactlyInAnyOrderElementsOf(values("bounded"));
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isNotNull();
            assertThat(letter.headers().toArray())
                    .extracting(header -> header.key())
                    .containsExactly(
                            "weir.reason",
                            "weir.detail",
                            "weir.origin",
                            "weir.pipeline",
                            "weir.generation",
                            "weir.payload");
            assertThat(letter.timestamp()).as("the producer's, not the event's").isGreaterThan(1_000_000_000_000L);
        });
    }

    @Test
    void isNotHeldUpByATransactionThatAKilledRunWithoutStateLeftOpen() throws Exception {
        topic("killed", 10);
        broker.createTopic("killed-dlq", 2, Map.of());
        WeirConfig config = config("killed", Stop.Mode.LATEST);
        for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
            transaction(config, checkpoint).close();
        }
        try (KafkaProducer<byte[], byte[]> open = transaction(config, 3)) {
            open.beginTransaction();
            open.send(new ProducerRecord<>("killed-dlq", 0, null, new byte[1])).get();
            open.send(new ProducerRecord<>("killed-dlq", 1, null, new byte[1])).get();

            run(config, DeadLetterSinkIT::rejected).getJobExecutionResult().get();

            assertThat(values("killed-dlq")).containsExactlyInAnyOrderElementsOf(values("killed"));
        }
    }

    @Test
    void endsWhileTheBrokerIsAwayAndItsTaskManagerStays(@InjectMiniCluster MiniCluster cluster, @TempDir Path dir)
            throws Exception {
        try (KafkaBroker away = KafkaBroker.startProcess(dir)) {
            away.createTopic("away", 2, Map.of());
            away.send(List.of(new ProducerRecord<>("away", new byte[1]), new ProducerRecord<>("away", new byte[1])));
            WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                    away.bootstrapServers(),
                    List.of("away"),
                    null,
                    "test",
                    start(Start.Mode.EARLIEST),
                    stop(Stop.Mode.NEVER),
                    // How long the end of a transaction is waited for.
                    Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000"));
            JobClient job = run(KafkaConfigs.of(kafka, "away-dlq"), DeadLetterSinkIT::rejected);
            await().atMost(PATIENCE).until(() -> written(away, "away-dlq") == 2);

            away.process().kill();
            job.cancel().get();
            await().atMost(PATIENCE)
                    .until(() -> cluster.getJobStatus(job.getJobID()).get() == JobStatus.CANCELED);

            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> cluster.requestClusterOverview().get().getNumTaskManagersConnected() == 1);
        }
    }

    /** As the sink's first subtask names the transactions of its checkpoints. */
    private static KafkaProducer<byte[], byte[]> transaction(WeirConfig config, int checkpoint) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        DeadLetterSink.transactionalIdPrefix(config) + "-0-" + checkpoint),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    @Test
    void cutsWhatTheTopicDoesNotTakeAndGoesOn() throws Exception {
        broker.createTopic("large", 1, Map.of("max.message.bytes", "6000000"));
        broker.createTopic("large-dlq", 1, Map.of("max.message.bytes", "200000"));
        broker.send(List.of(
                new ProducerRecord<>("large", new byte[5_000_000]),
                new ProducerRecord<>("large", new byte[1_000]),
                new ProducerRecord<>("large", new byte[300_000], new byte[300_000])));

        JobClient job = run(config("large", Stop.Mode.LATEST), DeadLetterSinkIT::rejected);
        job.getJobExecutionResult().get();

        List<ConsumerRecord<byte[], byte[]>> letters = broker.readAll("large-dlq");
        assertThat(letters).hasSize(3);
        assertThat(letters.get(0).value()).hasSizeBetween(199_000, 200_000);
        assertThat(letters.get(0).headers().lastHeader("weir.truncated").value())
                .asString(UTF_8)
                .isEqualTo("true");
        assertThat(letters.get(1).value()).hasSize(1_000);
        assertThat(letters.get(1).headers().lastHeader("weir.truncated")).isNull();
        assertThat(letters.get(2).value()).isEmpty();
    }

    private static WeirConfig config(String topic, Stop.Mode stop) {
        return KafkaConfigs.of(broker, topic, start(Start.Mode.EARLIEST), stop(stop));
    }

    private static JobClient run(WeirConfig config, MapFunction<Event, DeadLetter> reject) throws Exception {
        int maxRecordBytes = DeadLetterTopic.ensure(config, LIFE);
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.enableCheckpointing(Duration.ofHours(1).toMillis());
        env.setParallelism(2);
        env.fromSource(
                        EventSource.create(config, TypeInformation.of(Event.class)),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .map(reject)
                .returns(TypeInformation.of(DeadLetter.class))
                .flatMap(new DeadLetterSplitter(new DeadLetterFormat(config.pipeline(), maxRecordBytes)))
                .sinkTo(DeadLetterSink.create(config, maxRecordBytes));
        return env.executeAsync();
    }

    static DeadLetter rejected(Event event) {
        return new DeadLetter(
                event.origin(), List.of(new Reject(Reason.MALFORMED, "", null)), event.key(), event.value(), null, 1);
    }

    private static void topic(String name, int records) {
        // Its records are of 1970: retention would take them half a minute after the broker's start.
        broker.createTopic(name, 2, Map.of("retention.ms", "-1"));
        send(name, 0, records);
    }

    private static void send(String topic, int from, int to) {
        broker.send(IntStream.range(from, to)
                .mapToObj(i -> String.valueOf(i).getBytes(UTF_8))
                .map(bytes -> new ProducerRecord<>(topic, null, 1_000L, bytes, bytes))
                .toList());
    }

    private static List<String> values(String topic) {
        return broker.readAll(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** How many offsets are taken, by open transactions and markers too. */
    private static long written(String topic) throws Exception {
        return written(broker, topic);
    }

    private static long written(KafkaBroker server, String topic) throws Exception {
        try (Admin admin = server.admin()) {
            return admin
                    .listOffsets(Map.of(
                            new TopicPartition(topic, 0), OffsetSpec.latest(),
                            new TopicPartition(topic, 1), OffsetSpec.latest()))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static long committedToTheGroup(String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.listConsumerGroupOffsets("test").partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    /** A checkpoint completes; not while the job is still restarting. */
    private static boolean checkpointed(MiniCluster cluster, JobClient job) throws InterruptedException {
        try {
            cluster.triggerCheckpoint(job.getJobID()).get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }
}

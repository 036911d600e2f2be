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
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import dev.weir.testing.LogLines;
import dev.weir.testing.pipeline.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.Level;
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

    /** It finds at once, not each 10 s, that a transaction is too old. */
    @Server(settings = "transaction.abort.timed.out.transaction.cleanup.interval.ms=200")
    static KafkaBroker broker;

    private static DeadLetterJobs jobs;

    @BeforeAll
    static void useTheBroker() {
        jobs = new DeadLetterJobs(broker);
    }

    @Test
    void showsNothingBeforeTheCheckpointAndEverythingOnceAfterIt(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        jobs.topic("visible", 100);
        WeirConfig config = jobs.config("visible", Stop.Mode.NEVER);
        JobClient job = jobs.run(config, DeadLetterJobs::rejected);
        try {
            await().atMost(PATIENCE).until(() -> jobs.written("visible-dlq") >= 100);
            assertThat(broker.readAll("visible-dlq")).isEmpty();

            cluster.triggerCheckpoint(job.getJobID()).get();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(jobs.values("visible-dlq")).hasSize(100));
            assertThat(jobs.values("visible-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("visible"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.committedToTheGroup("visible"))
                    .isEqualTo(100));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void showsEveryDeadLetterOnceThoughTheJobFailsAfterACheckpoint(
            @InjectMiniCluster MiniCluster cluster, @TempDir Path dir) throws Exception {
        jobs.topic("failing", 100);
        WeirConfig config = jobs.config("failing", Stop.Mode.NEVER);
        JobClient job = jobs.run(config, new FailingOnce(dir.resolve("failed").toString()));
        try (LogLines log = LogLines.of("org.apache.flink.connector.kafka", "dev.weir")) {
            await().atMost(PATIENCE).until(() -> jobs.written("failing-dlq") >= 100);
            cluster.triggerCheckpoint(job.getJobID()).get();
            jobs.send("failing", 100, 200);
            await().atMost(PATIENCE).until(() -> jobs.written("failing-dlq") >= 150);
            broker.send(List.of(new ProducerRecord<>("failing", "fail".getBytes(UTF_8))));
            await().atMost(PATIENCE).until(() -> Files.exists(dir.resolve("failed")));
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(DeadLetterJobs.checkpointed(cluster, job)).isTrue();
                assertThat(jobs.values("failing-dlq")).hasSizeGreaterThanOrEqualTo(201);
            });
            assertThat(jobs.values("failing-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("failing"));
            assertThat(log.of(Level.ERROR))
                    .as("the restart has committed once more what was committed")
                    .isEmpty();
        } finally {
            job.cancel().get();
        }
    }

    /** Checkpoints that time out are tolerated while the transaction with their dead letters becomes too old for the broker. */
    @Test
    void losesNothingThoughToleratedCheckpointsOutlastTheTransaction(@TempDir Path dir) throws Exception {
        jobs.topic("outlasting", 100);
        TransactionLife life = DeadLetterJobs.life(Duration.ofSeconds(3));
        Gate gate = Gate.in(dir);
        JobClient job = jobs.runBehind(gate, jobs.configWithTransactions("outlasting", life.timeout()), life);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.values("outlasting-dlq"))
                    .hasSize(100));
            gate.close();
            jobs.send("outlasting", 100, 200);
            Set<OpenTransaction> open = await().atMost(PATIENCE)
                    .until(() -> OpenTransaction.of(broker, "outlasting"), found -> !found.isEmpty());
            await().atMost(PATIENCE).until(() -> OpenTransaction.of(broker, "outlasting").stream()
                    .noneMatch(open::contains));
            gate.open();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(jobs.values("outlasting-dlq"))
                    .hasSize(200));
            assertThat(jobs.values("outlasting-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("outlasting"));
        } finally {
            job.cancel().get();
        }
    }

    /** The first letter after it finds out: the attempt fails, though no checkpoint has looked at the transaction's age. */
    @Test
    void writesAgainWhatWasInATransactionThatTheBrokerHasAbortedInTheMeantime(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        jobs.topic("aborted", 100);
        Duration timeout = Duration.ofSeconds(4);
        JobClient job = jobs.run(
                jobs.configWithTransactions("aborted", timeout),
                DeadLetterJobs::rejected,
                DeadLetterJobs.life(timeout));
        try {
            await().atMost(PATIENCE).until(() -> jobs.written("aborted-dlq") >= 100);
            await().atMost(PATIENCE)
                    .until(() -> OpenTransaction.of(broker, "aborted").isEmpty());
            jobs.send("aborted", 100, 200);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(DeadLetterJobs.checkpointed(cluster, job)).isTrue();
                assertThat(jobs.values("aborted-dlq")).hasSizeGreaterThanOrEqualTo(200);
            });
            assertThat(jobs.values("aborted-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("aborted"));
        } finally {
            job.cancel().get();
        }
    }

    /** The writer is told that transactions last longer than they do: what an outage of the broker after the checkpoint amounts to. */
    @Test
    void aTransactionThatIsLostAlthoughItsCheckpointCompletesFailsTheJobOnceAndIsNamed(@TempDir Path dir)
            throws Exception {
        jobs.topic("lost", 10);
        Gate gate = Gate.in(dir);
        gate.close();
        WeirConfig config = jobs.configWithTransactions("lost", Duration.ofSeconds(4));
        JobClient job = jobs.runBehind(gate, config, DeadLetterJobs.life(Duration.ofMinutes(15)));
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            await().atMost(PATIENCE).until(() -> jobs.written("lost-dlq") == 10);
            await().atMost(PATIENCE)
                    .until(() -> OpenTransaction.of(broker, "lost").isEmpty());
            gate.open();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.of(Level.ERROR))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).startsWith("Dead letters are lost: ")));

            jobs.send("lost", 10, 20);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(jobs.values("lost-dlq")).hasSize(10));
            assertThat(jobs.values("lost-dlq")).allMatch(value -> value.length() == 2, "sent afterwards");
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void endsByItselfWithEverythingCommittedWhenTheInputIsBounded() throws Exception {
        jobs.topic("bounded", 1_000);
        JobClient job = jobs.run(jobs.config("bounded", Stop.Mode.LATEST), DeadLetterJobs::rejected);
        job.getJobExecutionResult().get();

        List<ConsumerRecord<byte[], byte[]>> letters = broker.readAll("bounded-dlq");
        assertThat(jobs.values("bounded-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("bounded"));
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
        jobs.topic("killed", 10);
        broker.createTopic("killed-dlq", 2, Map.of());
        WeirConfig config = jobs.config("killed", Stop.Mode.LATEST);
        // As the sink's first subtask names the transactions of its checkpoints.
        String id = DeadLetterSink.transactionalIdPrefix(config) + "-0-";
        for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
            try (FlinkKafkaInternalProducer<byte[], byte[]> done =
                    jobs.writing("killed-dlq", id + checkpoint, "60000")) {
                done.abortTransaction();
            }
        }
        try (FlinkKafkaInternalProducer<byte[], byte[]> open = jobs.writing("killed-dlq", id + 3, "60000")) {
            open.send(new ProducerRecord<>("killed-dlq", 0, null, new byte[1])).get();
            open.send(new ProducerRecord<>("killed-dlq", 1, null, new byte[1])).get();

            jobs.run(config, DeadLetterJobs::rejected).getJobExecutionResult().get();

            assertThat(jobs.values("killed-dlq")).containsExactlyInAnyOrderElementsOf(jobs.values("killed"));
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
            JobClient job = jobs.run(KafkaConfigs.of(kafka, "away-dlq"), DeadLetterJobs::rejected);
            await().atMost(PATIENCE).until(() -> DeadLetterJobs.written(away, "away-dlq") == 2);

            away.process().kill();
            job.cancel().get();
            await().atMost(PATIENCE)
                    .until(() -> cluster.getJobStatus(job.getJobID()).get() == JobStatus.CANCELED);

            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> cluster.requestClusterOverview().get().getNumTaskManagersConnected() == 1);
        }
    }

    @Test
    void cutsWhatTheTopicDoesNotTakeAndGoesOn() throws Exception {
        broker.createTopic("large", 1, Map.of("max.message.bytes", "6000000"));
        broker.createTopic("large-dlq", 1, Map.of("max.message.bytes", "200000"));
        broker.send(List.of(
                new ProducerRecord<>("large", new byte[5_000_000]),
                new ProducerRecord<>("large", new byte[1_000]),
                new ProducerRecord<>("large", new byte[300_000], new byte[300_000])));

        JobClient job = jobs.run(jobs.config("large", Stop.Mode.LATEST), DeadLetterJobs::rejected);
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
}

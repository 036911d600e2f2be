package dev.weir.sink.deadletter;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.kafka.KafkaAccess;
import dev.weir.testing.ForgetfulAdmin;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import dev.weir.testing.LogLines;
import dev.weir.testing.pipeline.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadLetterTopicIT {
    /** It finds at once, not each 10 s, that a transaction is too old. */
    @Server(settings = "transaction.abort.timed.out.transaction.cleanup.interval.ms=200")
    static KafkaBroker broker;

    @Test
    void makesAMissingTopicWithTheSourcesPartitionsAndItsLimitPlus64KiB() {
        broker.createTopic("fresh", 3, Map.of("max.message.bytes", "2000000"));

        assertThat(ensure(config("fresh"))).isEqualTo(2_065_536);
        assertThat(partitions("fresh-dlq")).isEqualTo(3);
        assertThat(maxMessageBytes("fresh-dlq")).isEqualTo("2065536");
        assertThat(ensure(config("fresh"))).as("again").isEqualTo(2_065_536);
    }

    @Test
    void takesTheGreatestOfAllTopicsOfAPattern() {
        broker.createTopic("many-a", 2, Map.of("max.message.bytes", "3000000"));
        broker.createTopic("many-b", 4, Map.of("max.message.bytes", "1000000"));
        broker.createTopic("other-many-c", 9, Map.of("max.message.bytes", "9000000"));

        WeirConfig config = KafkaConfigs.ofPattern(broker, "many-.", "rejects");
        assertThat(ensure(config)).isEqualTo(3_065_536);
        assertThat(partitions("rejects")).isEqualTo(4);
    }

    @Test
    void leavesATopicThatIsThereAsItIsAndSaysWhatItTakes() {
        broker.createTopic("old", 2, Map.of());
        broker.createTopic("old-dlq", 1, Map.of("max.message.bytes", "100000"));

        assertThat(ensure(config("old"))).isEqualTo(100_000);
        assertThat(partitions("old-dlq")).isEqualTo(1);
        assertThat(maxMessageBytes("old-dlq")).isEqualTo("100000");
    }

    @Test
    void refusesATopicThatDoesNotEvenTakeTheHeaders() {
        broker.createTopic("tiny", 1, Map.of());
        broker.createTopic("tiny-dlq", 1, Map.of("max.message.bytes", "1000"));

        assertThatThrownBy(() -> ensure(config("tiny")))
                .hasMessageStartingWith("weir.dead-letter.topic: max.message.bytes of 'tiny-dlq' is 1000")
                .hasMessageContaining("65536");
    }

    @Test
    void sendsNoMoreThanTheUserLetsAProducerSend() {
        broker.createTopic("limited", 1, Map.of());

        assertThat(ensure(limited("300000"))).isEqualTo(300_000);
        assertThatThrownBy(() -> ensure(limited("1 mb")))
                .hasMessageStartingWith("weir.kafka.properties.max.request.size")
                .hasMessageContaining("65536")
                .hasMessageEndingWith("got 1 mb");
    }

    private static WeirConfig limited(String maxRequestSize) {
        WeirConfig.Kafka kafka = config("limited").kafka();
        return KafkaConfigs.of(
                new WeirConfig.Kafka(
                        kafka.bootstrapServers(),
                        kafka.topics(),
                        null,
                        kafka.group(),
                        kafka.start(),
                        kafka.stop(),
                        Map.of("max.request.size", maxRequestSize)),
                "limited-dlq");
    }

    @Test
    void namesASourceTopicThatIsMissing() {
        assertThatThrownBy(() -> ensure(config("nowhere")))
                .hasMessageStartingWith("weir.kafka.topics: ")
                .hasMessageContaining("nowhere")
                .hasMessageContaining("create it");
    }

    /** In a cluster, of a topic that was made a moment ago. */
    @Test
    void asksAgainWhereABrokerDoesNotKnowATopicYet() {
        broker.createTopic("young", 2, Map.of("max.message.bytes", "2000000"));
        try (Admin admin = broker.admin()) {
            assertThat(new DeadLetterTopic(config("young"), ForgetfulAdmin.once(admin, "describeTopics")).sources())
                    .containsOnlyKeys("young");
            assertThat(new DeadLetterTopic(config("young"), ForgetfulAdmin.once(admin, "describeConfigs"))
                            .maxMessageBytes("young"))
                    .contains(2_000_000);
            new KafkaAccess(config("young").kafka(), ForgetfulAdmin.once(admin, "describeTopics"))
                    .checkTopics("weir.kafka.topics", List.of("young"), AclOperation.READ);
        }
    }

    @Test
    void refusesABrokerWhoseTransactionsMayNotLastAsLongAsTheJobs() {
        try (KafkaBroker hasty = KafkaBroker.start(Map.of("transaction.max.timeout.ms", "600000"))) {
            hasty.createTopic("hasty", 1, Map.of());
            WeirConfig config = KafkaConfigs.of(hasty, "hasty", start(Start.Mode.EARLIEST), stop(Stop.Mode.NEVER));

            assertThatThrownBy(() -> ensure(config))
                    .hasMessage("weir.kafka.properties.transaction.timeout.ms is 900000, but the brokers allow 600000"
                            + " (transaction.max.timeout.ms); set it to 600000, which is enough for these checkpoints");
        }
    }

    @Test
    void namesTheOptionWhenTheTopicCannotBeMade() {
        broker.createTopic("source", 1, Map.of());
        WeirConfig good = config("source");
        WeirConfig bad = KafkaConfigs.of(good.kafka(), "no good name");

        assertThatThrownBy(() -> ensure(bad))
                .hasMessageStartingWith("weir.dead-letter.topic: ")
                .hasMessageContaining("no good name");
    }

    @Test
    void namesTheServersWhenNoneAnswers() {
        WeirConfig.Kafka away = new WeirConfig.Kafka(
                "127.0.0.1:1",
                List.of("t"),
                null,
                "test",
                start(Start.Mode.EARLIEST),
                stop(Stop.Mode.NEVER),
                Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "1000"));

        assertThatThrownBy(() -> ensure(KafkaConfigs.of(away, "dlq")))
                .hasMessageStartingWith("weir.kafka.bootstrap-servers: no answer from 127.0.0.1:1");
        try (LogLines log = LogLines.of("dev.weir.sink.deadletter")) {
            assertThat(TransactionFates.at(away).of(new KafkaCommittable(1, (short) 0, "away-0-1", null)))
                    .isEqualTo(Fate.UNKNOWN);
            assertThat(log.of(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("The broker does not say what has become of transaction away-0-1: ");
        }
    }

    @Test
    void theBrokerSaysWhatHasBecomeOfATransaction() throws Exception {
        broker.createTopic("fates-dlq", 1, Map.of());
        DeadLetterJobs jobs = new DeadLetterJobs(broker);
        TransactionFates fates = TransactionFates.at(config("fates").kafka());
        try (FlinkKafkaInternalProducer<byte[], byte[]> committed = jobs.writing("fates-dlq", "fates-0-1", "60000");
                FlinkKafkaInternalProducer<byte[], byte[]> replaced = jobs.writing("fates-dlq", "fates-0-2", "60000");
                FlinkKafkaInternalProducer<byte[], byte[]> late = jobs.writing("fates-dlq", "fates-0-3", "500");
                Admin admin = broker.admin()) {
            KafkaCommittable first = KafkaCommittable.of(committed);
            KafkaCommittable second = KafkaCommittable.of(replaced);
            assertThat(fates.of(first)).isEqualTo(Fate.OPEN);

            committed.commitTransaction();
            admin.fenceProducers(List.of("fates-0-2")).all().get();

            await().atMost(Duration.ofSeconds(60)).until(() -> fates.of(first) == Fate.COMMITTED);
            await().atMost(Duration.ofSeconds(60)).until(() -> fates.of(second) == Fate.REPLACED);
            await().atMost(Duration.ofSeconds(60)).until(() -> fates.of(KafkaCommittable.of(late)) == Fate.ABORTED);
            assertThat(fates.of(new KafkaCommittable(1, (short) 0, "fates-0-4", null)))
                    .isEqualTo(Fate.FORGOTTEN);
        }
    }

    private static int ensure(WeirConfig config) {
        return DeadLetterTopic.ensure(
                config, TransactionLife.of(new Configuration(), config.kafka().properties()));
    }

    private static WeirConfig config(String topic) {
        return KafkaConfigs.of(broker, topic, start(Start.Mode.EARLIEST), stop(Stop.Mode.NEVER));
    }

    private static int partitions(String topic) {
        try (Admin admin = broker.admin()) {
            // a broker hears of a new topic a little later than the controller
            return await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(
                            () -> admin.describeTopics(List.of(topic))
                                    .allTopicNames()
                                    .get(),
                            all -> true)
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static String maxMessageBytes(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = broker.admin()) {
            return await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> admin.describeConfigs(List.of(resource)).all().get(), all -> true)
                    .get(resource)
                    .get("max.message.bytes")
                    .value();
        }
    }
}

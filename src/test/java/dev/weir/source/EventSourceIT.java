package dev.weir.source;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.startAt;
import static dev.weir.testing.KafkaConfigs.stop;
import static dev.weir.testing.KafkaConfigs.stopAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.model.Event;
import dev.weir.failure.RefusedException;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import dev.weir.testing.pipeline.Server;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each topic here holds in partition 0 records "0" to "9" with the timestamps 1,000 to 10,000 ms, and in partition 1 nothing. */
@Timeout(120)
class EventSourceIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Server
    static KafkaBroker broker;

    @Test
    void readsFromTheBeginningToTheEndAndEndsByItself() throws Exception {
        topic("all");
        assertThat(read("all", start(Start.Mode.EARLIEST), stop(Stop.Mode.LATEST)))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void readsNothingOldFromTheLatestPosition() throws Exception {
        topic("latest");
        assertThat(read("latest", start(Start.Mode.LATEST), stop(Stop.Mode.LATEST)))
                .isEmpty();
    }

    @Test
    void startsAtTheFirstRecordNotBeforeAnInstantAndEndsBeforeTheFirstNotBeforeAnother() throws Exception {
        topic("instants");
        assertThat(read("instants", startAt(3_000), stopAt(6_000))).containsExactly("2", "3", "4");
        assertThat(read("instants", startAt(2_001), stopAt(5_001))).containsExactly("2", "3", "4");
        assertThat(read("instants", startAt(9_000), stopAt(4_000_000_000_000L))).containsExactly("8", "9");
        assertThat(read("instants", startAt(10_001), stop(Stop.Mode.LATEST))).isEmpty();
    }

    @Test
    void startsAtTheCommittedPositionOrElseAtTheBeginning() throws Exception {
        topic("committed");
        Start start = start(Start.Mode.COMMITTED_OR_EARLIEST);
        assertThat(read("committed", start, stop(Stop.Mode.LATEST))).hasSize(10);

        commit("committed", 7);
        assertThat(read("committed", start, stop(Stop.Mode.LATEST))).containsExactly("7", "8", "9");
    }

    @Test
    void saysWhatWasDeletedBeforeItWasReadAlsoIfNothingIsLeft() throws Exception {
        topic("deleted");
        commit("deleted", 3);
        Start start = start(Start.Mode.COMMITTED_OR_EARLIEST);
        deleteBefore("deleted", 6);
        List<Event> events = read(KafkaConfigs.of(broker, "deleted", start, stop(Stop.Mode.LATEST)));
        assertThat(events).extracting(Event::lost).containsExactly(3L, 0L, 0L, 0L, 0L);
        assertThat(events).extracting(event -> event.origin().offset()).containsExactly(5L, 6L, 7L, 8L, 9L);

        commit("deleted", 3);
        deleteBefore("deleted", 10);
        events = read(KafkaConfigs.of(broker, "deleted", start, stop(Stop.Mode.LATEST)));
        assertThat(events).extracting(Event::lost).containsExactly(7L);
    }

    /** It is longer than what was read of the old one, and the reader does not look in between: nothing but the id tells them apart. */
    @Test
    void refusesATopicThatWasMadeAnewBeforeItHandsOnARecordOfIt() throws Exception {
        topic("anew");
        WeirConfig config = KafkaConfigs.of(broker, "anew", start(Start.Mode.EARLIEST), stop(Stop.Mode.NEVER));
        Properties client = EventSource.consumer(config);
        TopicIds ids = new TopicIds(config.kafka());
        try (InputTopics topics = new InputTopics(client)) {
            EventSplitReader reader = new EventSplitReader(
                    client,
                    context(),
                    new KafkaSourceReaderMetrics(InternalSourceReaderMetricGroup.mock(new UnregisteredMetricsGroup())),
                    topics,
                    ids,
                    new MetadataChanges(SystemClock.getInstance()));
            reader.handleSplitsChanges(new SplitsAddition<>(new SplitPreparation(topics, ids)
                    .prepared(List.of(new KafkaPartitionSplit(new TopicPartition("anew", 0), 0)))));
            int read = 0;
            while (read < 10) {
                read += records(reader.fetch());
            }
            try (Admin admin = broker.admin()) {
                admin.deleteTopics(List.of("anew")).all().get();
            }
            topic("anew");
            broker.send(List.of(record("anew", 11_000, "10")));

            assertThatThrownBy(() -> {
                        while (true) {
                            assertThat(records(reader.fetch())).isZero();
                        }
                    })
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("it was deleted and made anew");
            reader.close();
        }
    }

    private static int records(RecordsWithSplitIds<?> fetched) {
        int records = 0;
        while (fetched.nextSplit() != null) {
            while (fetched.nextRecordFromSplit() != null) {
                records++;
            }
        }
        return records;
    }

    /** Of the first subtask; nothing else is asked of it. */
    private static SourceReaderContext context() {
        return (SourceReaderContext) Proxy.newProxyInstance(
                SourceReaderContext.class.getClassLoader(),
                new Class<?>[] {SourceReaderContext.class},
                (proxy, method, args) -> method.getName().equals("getIndexOfSubtask") ? 0 : null);
    }

    @Test
    void leavesOutAbortedRecordsAndEndsThoughATransactionMarkerIsLast() throws Exception {
        topic("transactions");
        transaction("transactions", "aborted", false);
        transaction("transactions", "committed", true);
        transaction("transactions", "aborted", false);

        assertThat(read("transactions", startAt(10_000), stop(Stop.Mode.LATEST)))
                .containsExactly("9", "committed");
    }

    @Test
    void readsEveryTopicThatAPatternMatches() throws Exception {
        topic("pattern-a");
        topic("pattern-b");
        topic("other-pattern-c");

        List<Event> events = read(KafkaConfigs.ofPattern(broker, "pattern-.", "dlq"));
        assertThat(events).hasSize(20).extracting(e -> e.origin().topic()).containsOnly("pattern-a", "pattern-b");
        assertThat(events).extracting(e -> e.origin().timestampMillis()).contains(1_000L, 10_000L);
    }

    private static void topic(String name) {
        broker.createTopic(name, 2, Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1"));
        broker.send(IntStream.range(0, 10)
                .mapToObj(i -> record(name, i * 1_000L + 1_000, String.valueOf(i)))
                .toList());
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, long timestampMillis, String value) {
        return new ProducerRecord<>(topic, 0, timestampMillis, null, value.getBytes(UTF_8));
    }

    private static void transaction(String topic, String value, boolean commit) {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "input");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topic, 20_000, value)).get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteBefore(String topic, long offset) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private static void commit(String topic, long offset) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.alterConsumerGroupOffsets("test", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private static List<String> read(String topic, Start start, Stop stop) throws Exception {
        return read(KafkaConfigs.of(broker, topic, start, stop)).stream()
                .map(event -> new String(event.value(), UTF_8))
                .toList();
    }

    private static List<Event> read(WeirConfig config) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        List<Event> events = new ArrayList<>();
        try (CloseableIterator<Event> all = env.fromSource(
                        EventSource.create(config, TypeInformation.of(Event.class)),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .executeAndCollect()) {
            all.forEachRemaining(events::add);
        }
        return events;
    }
}

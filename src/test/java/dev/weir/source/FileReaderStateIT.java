package dev.weir.source;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.stop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.catalog.Files.Compression;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of records and files puts into a checkpoint, and what it commits then. No job, but a real broker and local files. */
@Timeout(120)
class FileReaderStateIT {
    @Server
    static KafkaBroker broker;

    @TempDir
    Path dir;

    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void file() throws IOException {
        Files.writeString(dir.resolve("a"), "1\n2\n3\n");
    }

    @Test
    void goesOnAtTheRow() throws Exception {
        broker.createTopic("state-row", 1, Map.of());
        announce("state-row");
        List<KafkaPartitionSplit> state;
        try (EventReader reader = reader("state-row")) {
            reader.addSplits(List.of(split("state-row", 0, KafkaPartitionSplit.NO_STOPPING_OFFSET)));
            emit(reader, 2);
            state = restored(reader.snapshotState(1));
        }
        try (EventReader reader = reader("state-row")) {
            reader.addSplits(state);
            emit(reader, 4);
        }

        assertThat(events)
                .extracting(FileReading::shownWithPartition)
                .containsExactly("0 0 a 1 1", "0 0 a 2 2", "0 0 a 3 3", "0 0 a READ");
    }

    /** The connector knows nothing of a finished split any more. */
    @Test
    void aFinishedPartitionRemembersWhichFilesWereRead() throws Exception {
        broker.createTopic("state-finished", 1, Map.of());
        announce("state-finished");
        List<KafkaPartitionSplit> state;
        try (EventReader reader = reader("state-finished")) {
            reader.addSplits(List.of(split("state-finished", 0, 1)));
            reader.notifyNoMoreSplits();
            await().until(() -> reader.pollNext(output()) == InputStatus.END_OF_INPUT);
            state = restored(reader.snapshotState(1));
        }
        assertThat(state).containsExactly(split("state-finished", 1, 1));

        announce("state-finished");
        try (EventReader reader = reader("state-finished")) {
            reader.addSplits(List.of(SplitEnds.withoutEnd(state.get(0))));
            emit(reader, 5);
        }
        assertThat(FileReading.shownWithPartition(events.get(4))).isEqualTo("0 1 a REPEATED");
    }

    /** One consumer commits for both, whichever runs; only an offset whose files are read is committed. */
    @Test
    void commitsOffsetsOfRecordsAndOfAnnouncements() throws Exception {
        broker.createTopic("commit-files", 1, Map.of());
        announce("commit-files");
        broker.createTopic("commit-records", 1, Map.of());
        broker.send(List.of(new ProducerRecord<>("commit-records", 0, null, new byte[0])));
        KafkaPartitionSplit records = split("commit-records", 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        KafkaPartitionSplit files = split("commit-files", 0, KafkaPartitionSplit.NO_STOPPING_OFFSET);
        for (List<KafkaPartitionSplit> splits : List.of(List.of(files), List.of(files, records), List.of(records))) {
            events.clear();
            try (EventReader reader = reader("commit-files")) {
                reader.addSplits(splits);
                emit(reader, splits.contains(files) ? 4 + splits.size() - 1 : 1);
                reader.snapshotState(1);
                reader.notifyCheckpointComplete(1);
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    reader.pollNext(output());
                    return committed().keySet().containsAll(partitions(splits));
                });
            }
            assertThat(committed()).containsOnlyKeys(partitions(splits)).containsValue(1L);
            try (Admin admin = broker.admin()) {
                admin.deleteConsumerGroups(List.of("commits")).all().get();
            }
        }
    }

    private static List<TopicPartition> partitions(List<KafkaPartitionSplit> splits) {
        return splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList();
    }

    private static Map<TopicPartition, Long> committed() throws Exception {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets("commits")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
            return offsets;
        }
    }

    private void announce(String topic) {
        broker.send(List.of(new ProducerRecord<>(topic, 0, null, (dir.toUri() + "a").getBytes(UTF_8))));
    }

    private static KafkaPartitionSplit split(String topic, long start, long stop) {
        return new KafkaPartitionSplit(new TopicPartition(topic, 0), start, stop);
    }

    /** Written and read, as by a checkpoint. */
    private static List<KafkaPartitionSplit> restored(List<KafkaPartitionSplit> splits) throws IOException {
        IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer(new KafkaPartitionSplitSerializer(), true);
        List<KafkaPartitionSplit> restored = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            restored.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(split)));
        }
        return restored;
    }

    /** Emits until so many events came in this test. */
    private void emit(EventReader reader, int count) {
        await().until(() -> {
            reader.pollNext(output());
            return events.size() == count;
        });
    }

    /** Reads files of the topic, and records of all others. */
    private EventReader reader(String topic) {
        WeirConfig config = KafkaConfigs.of(
                "state",
                new WeirConfig.Kafka(
                        broker.bootstrapServers(),
                        List.of(topic),
                        null,
                        "commits",
                        start(Start.Mode.EARLIEST),
                        stop(Stop.Mode.NEVER),
                        Map.of()),
                "dlq");
        Properties client = EventSource.consumer(config);
        Input rest = FileReading.input(Announcement.PATHS);
        var settings = new dev.weir.core.catalog.Files(
                Announcement.PATHS,
                List.of("file://" + dir.toUri().getPath()),
                Duration.ofDays(1),
                null,
                Compression.AUTO);
        Catalog catalog = new Catalog(
                List.of(
                        new Input(
                                new Input.Topics(List.of(topic), null),
                                settings,
                                rest.payload(),
                                rest.fields(),
                                rest.readings(),
                                rest.texts()),
                        new Input(rest.topics(), null, rest.payload(), rest.fields(), rest.readings(), rest.texts())),
                Map.of(),
                Catalog.UnknownMetric.REJECT,
                null);
        return EventReader.create(
                client,
                new EventDeserializer(TypeInformation.of(Event.class), Set.of()),
                context(),
                new InputTopics(client),
                new TopicIds(config.kafka()),
                new FileInputs("state", catalog));
    }

    private static SourceReaderContext context() {
        var metrics = InternalSourceReaderMetricGroup.mock(new UnregisteredMetricsGroup());
        return (SourceReaderContext) Proxy.newProxyInstance(
                SourceReaderContext.class.getClassLoader(),
                new Class<?>[] {SourceReaderContext.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getIndexOfSubtask" -> 0;
                    case "currentParallelism" -> 1;
                    case "metricGroup" -> metrics;
                    default -> null;
                });
    }

    /** The output of the task, and of each split. */
    @SuppressWarnings("unchecked")
    private ReaderOutput<Event> output() {
        return (ReaderOutput<Event>) Proxy.newProxyInstance(
                ReaderOutput.class.getClassLoader(), new Class<?>[] {ReaderOutput.class}, (proxy, method, args) -> {
                    if (method.getName().equals("collect")) {
                        events.add((Event) args[0]);
                    }
                    return method.getName().equals("createOutputForSplit") ? proxy : null;
                });
    }
}

package dev.weir.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.util.clock.ManualClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A reader of files with the emitter and the state behind it, as a task has them. Records and files are the test's. */
final class FileReading {
    static final String TOPIC = "files";
    static final Duration REMEMBER = Duration.ofMillis(1_000);

    final FakeKafka kafka;
    final FakeFiles files;
    final ManualClock ticks = new ManualClock();
    final WakeUps wakeUps;
    final FileSplitReader reader;
    final List<String> finished = new ArrayList<>();
    private final EventEmitter emitter =
            new EventEmitter(new EventDeserializer(TypeInformation.of(Event.class), Set.of("kept")));
    private final Map<String, FileSplitState> states = new HashMap<>();
    private final List<Event> events = new ArrayList<>();

    FileReading(Files.Announcement announcement, FakeKafka kafka, FakeFiles files) {
        this.kafka = kafka;
        this.files = files;
        wakeUps = new WakeUps(kafka);
        reader = new FileSplitReader(
                kafka,
                wakeUps,
                topic -> input(announcement),
                files,
                () -> {},
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                ticks);
    }

    static Input input(Files.Announcement announcement) {
        Input flat = Input.flat(
                Input.Format.CSV,
                Input.Fields.named(
                        "value",
                        Input.EventTime.named(List.of("value"), List.of("epoch-millis"), "UTC"),
                        "value",
                        "value",
                        null,
                        null),
                Map.of(),
                new Input.Csv(List.of("value"), ',', false),
                new HashSet<>(),
                false);
        Files settings = new Files(announcement, List.of("s3://"), REMEMBER, null, Files.Compression.AUTO);
        return new Input(flat.topics(), settings, flat.payload(), flat.fields(), flat.readings(), flat.texts());
    }

    static KafkaPartitionSplit split(int partition, long start, long stop) {
        return new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), start, stop);
    }

    static ConsumerRecord<byte[], byte[]> record(int partition, long offset, long millis, String announcement) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("kept", new byte[] {1});
        headers.add("other", new byte[] {2});
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                millis,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                ("key" + offset).getBytes(UTF_8),
                announcement == null ? null : announcement.getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    void add(KafkaPartitionSplit... splits) {
        for (KafkaPartitionSplit split : splits) {
            states.put(split.splitId(), new FileSplitState(split));
        }
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(splits)));
    }

    /** Fetches until every split has ended, and returns all events. */
    List<Event> toTheEnd() throws Exception {
        while (!states.isEmpty()) {
            fetch(Integer.MAX_VALUE);
        }
        return events;
    }

    /** Fetches once and emits at most so many records; returns how many it emitted. */
    int fetch(int atMost) throws Exception {
        return emit(reader.fetch(), atMost);
    }

    private int emit(RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetched, int atMost) throws Exception {
        int emitted = 0;
        for (String split = fetched.nextSplit(); split != null; split = fetched.nextSplit()) {
            for (var record = fetched.nextRecordFromSplit(); record != null; record = fetched.nextRecordFromSplit()) {
                if (emitted == atMost) {
                    return emitted;
                }
                emitter.emitRecord(record, output(), states.get(split));
                emitted++;
            }
        }
        fetched.finishedSplits().forEach(split -> {
            states.remove(split);
            finished.add(split);
        });
        return emitted;
    }

    List<Event> events() {
        return events;
    }

    /** The split as a checkpoint holds it now, written and read. */
    KafkaPartitionSplit checkpoint(KafkaPartitionSplit split) throws IOException {
        IdentifiedSplitSerializer serializer = new IdentifiedSplitSerializer(new KafkaPartitionSplitSerializer(), true);
        return serializer.deserialize(
                serializer.getVersion(),
                serializer.serialize(states.get(split.splitId()).toKafkaPartitionSplit()));
    }

    @SuppressWarnings("unchecked")
    private SourceOutput<Event> output() {
        return (SourceOutput<Event>) Proxy.newProxyInstance(
                SourceOutput.class.getClassLoader(), new Class<?>[] {SourceOutput.class}, (proxy, method, args) -> {
                    events.add((Event) args[0]);
                    return null;
                });
    }

    /** As {@link #shown}, with the partition before it, and of the file only its name. */
    static String shownWithPartition(Event event) {
        return event.origin().partition() + " " + shown(event).replaceFirst("file:\\S*/", "");
    }

    /** An event as text: offset, file, and the row's number and bytes, or the kind and reason of the outcome. */
    static String shown(Event event) {
        String at = event.origin().offset() + " " + event.origin().file() + " ";
        if (event.lost() > 0) {
            return at + "lost " + event.lost();
        }
        if (event.outcome() == null) {
            return at + event.origin().row() + " " + new String(event.value(), UTF_8);
        }
        return at
                + event.outcome().kind()
                + (event.outcome().reject() == null
                        ? ""
                        : " " + event.outcome().reject().reason());
    }
}

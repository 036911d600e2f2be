package dev.weir.source;

import static dev.weir.testing.KafkaConfigs.start;
import static dev.weir.testing.KafkaConfigs.stop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.catalog.Files.Compression;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.KafkaConfigs;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Local files that records in a real broker announce, read by the source in a job. A file's rows are {@code <name>-<number>}. */
@Timeout(180)
class AnnouncedFilesIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Server
    static KafkaBroker broker;

    @TempDir
    Path dir;

    @Test
    void everyPartitionsFilesComeInOrderWithWhatBecameOfThem() throws Exception {
        broker.createTopic("files-order", 2, Map.of());
        file("a", 3);
        file("b.gz", 2);
        file("c", 12_000);
        file("empty", 0);
        broker.send(List.of(
                announce("files-order", 0, "a", "empty", "b.gz"),
                announce("files-order", 1, "c"),
                announce("files-order", 0, "a"),
                new ProducerRecord<>("files-order", 0, null, "no announcement".getBytes(UTF_8)),
                announce("files-order", 0, "../elsewhere"),
                announce("files-order", 1, "a")));

        List<String> events = read(2, files("files-order"));

        assertThat(events.stream().filter(event -> event.startsWith("0 ")))
                .containsExactly(
                        "0 0 a 1 a-1",
                        "0 0 a 2 a-2",
                        "0 0 a 3 a-3",
                        "0 0 a READ",
                        "0 0 empty READ",
                        "0 0 b.gz 1 b.gz-1",
                        "0 0 b.gz 2 b.gz-2",
                        "0 0 b.gz READ",
                        "0 1 a REPEATED",
                        "0 2 null REJECTED MALFORMED",
                        "0 3 elsewhere REJECTED FILE_REFUSED");
        List<String> second = new ArrayList<>(rows("1 0", "c", 12_000));
        second.add("1 0 c READ");
        second.addAll(rows("1 1", "a", 3));
        second.add("1 1 a READ");
        assertThat(events.stream().filter(event -> event.startsWith("1 "))).containsExactlyElementsOf(second);
    }

    @Test
    void tenThousandSmallFilesAreReadEachOnceThoughSomeAreAnnouncedTwice() throws Exception {
        int count = 10_000;
        broker.createTopic("files-small", 2, Map.of());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            file("small" + i, 2);
            records.add(announce("files-small", i % 2, "small" + i));
            if (i % 10 == 0) {
                records.add(announce("files-small", i % 2, "small" + i));
            }
        }
        broker.send(records);

        List<String> events = read(2, files("files-small"));

        List<String> rows = events.stream().filter(event -> event.contains("-")).toList();
        assertThat(rows).hasSize(2 * count);
        assertThat(new HashSet<>(rows)).hasSize(2 * count);
        assertThat(events.stream().filter(event -> event.endsWith(" READ"))).hasSize(count);
        assertThat(events.stream().filter(event -> event.endsWith(" REPEATED"))).hasSize(count / 10);
    }

    /** The failure comes after a checkpoint inside the file, and what it did not hold is read again. */
    @Test
    void goesOnInTheMiddleOfALargeFileAfterAFailureOfTheJob() throws Exception {
        int rows = 300_000;
        broker.createTopic("files-large", 1, Map.of());
        file("before", 5);
        file("large.gz", rows);
        file("after", 5);
        broker.send(List.of(
                announce("files-large", 0, "before", "large.gz"),
                announce("files-large", 0, "before"),
                announce("files-large", 0, "after")));

        List<String> events = read(1, files("files-large"), new FailInTheMiddle(50_000));

        List<String> expected = new ArrayList<>(rows("0 0", "before", 5));
        expected.add("0 0 before READ");
        expected.addAll(rows("0 0", "large.gz", rows));
        expected.add("0 0 large.gz READ");
        expected.add("0 1 before REPEATED");
        expected.addAll(rows("0 2", "after", 5));
        expected.add("0 2 after READ");
        assertThat(events.stream().map(event -> event.substring(2))).containsExactlyElementsOf(expected);
        String last = events.stream()
                .filter(event -> event.startsWith("0 "))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last).as("the last one of the first attempt").contains(" large.gz ");
    }

    @Test
    void readsRecordsAndFilesInOnePipeline() throws Exception {
        broker.createTopic("mixed-records", 1, Map.of());
        broker.createTopic("mixed-files", 1, Map.of());
        file("a", 7_000);
        broker.send(List.of(announce("mixed-files", 0, "a"), announce("mixed-files", 0, "a")));
        broker.send(IntStream.range(0, 1_000)
                .mapToObj(i ->
                        new ProducerRecord<byte[], byte[]>("mixed-records", 0, null, ("record " + i).getBytes(UTF_8)))
                .toList());
        WeirConfig.Kafka kafka = new WeirConfig.Kafka(
                broker.bootstrapServers(),
                List.of("mixed-records", "mixed-files"),
                null,
                "test",
                start(Start.Mode.EARLIEST),
                stop(Stop.Mode.LATEST),
                Map.of());
        Input rest = FileReading.input(Announcement.PATHS);
        WeirConfig config = KafkaConfigs.with(
                KafkaConfigs.of("mixed", kafka, "dlq"),
                List.of(
                        input(new Input.Topics(List.of("mixed-files"), null)),
                        new Input(rest.topics(), null, rest.payload(), rest.fields(), rest.readings(), rest.texts())));

        List<String> events = read(1, config);

        assertThat(events.stream().filter(event -> event.contains(" record ")))
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .mapToObj(i -> "0 " + i + " null 0 record " + i)
                        .toList());
        List<String> expected = new ArrayList<>(rows("0 0", "a", 7_000));
        expected.add("0 0 a READ");
        expected.add("0 1 a REPEATED");
        assertThat(events.stream().filter(event -> !event.contains(" record "))).containsExactlyElementsOf(expected);
    }

    private void file(String name, int rows) throws IOException {
        Path path = dir.resolve(name);
        try (OutputStream plain = Files.newOutputStream(path);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain, 1 << 16) : plain) {
            StringBuilder text = new StringBuilder();
            for (int row = 1; row <= rows; row++) {
                text.append(name).append('-').append(row).append('\n');
            }
            out.write(text.toString().getBytes(UTF_8));
        }
    }

    private static List<String> rows(String at, String name, int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(row -> at + " " + name + " " + row + " " + name + "-" + row)
                .toList();
    }

    private ProducerRecord<byte[], byte[]> announce(String topic, int partition, String... names) {
        String uris = Stream.of(names).map(name -> dir.toUri() + name).reduce("", (all, uri) -> all + uri + "\n");
        return new ProducerRecord<>(topic, partition, null, uris.getBytes(UTF_8));
    }

    private WeirConfig files(String topic) {
        WeirConfig plain = KafkaConfigs.of(broker, topic, start(Start.Mode.EARLIEST), stop(Stop.Mode.LATEST));
        return KafkaConfigs.with(plain, List.of(input(Input.Topics.REST)));
    }

    private Input input(Input.Topics topics) {
        Input input = FileReading.input(Announcement.PATHS);
        var settings = new dev.weir.core.catalog.Files(
                Announcement.PATHS,
                List.of("file://" + dir.toUri().getPath()),
                Duration.ofDays(1),
                null,
                Compression.AUTO);
        return new Input(topics, settings, input.payload(), input.fields(), input.readings(), input.texts());
    }

    private static List<String> read(int parallelism, WeirConfig config) throws Exception {
        return read(parallelism, config, FileReading::shownWithPartition);
    }

    /** Returns the events, each as text. Restarts once, if it fails. */
    private static List<String> read(int parallelism, WeirConfig config, MapFunction<Event, String> shown)
            throws Exception {
        Configuration restarts = new Configuration();
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(restarts);
        env.setParallelism(parallelism);
        env.getConfig().enableObjectReuse();
        env.enableCheckpointing(100);
        List<String> events = new ArrayList<>();
        try (CloseableIterator<String> all = env.fromSource(
                        EventSource.create(
                                config, TypeInformation.of(Event.class), EndOffsets.resolved(config.kafka()), false),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .map(shown)
                .returns(String.class)
                .executeAndCollect()) {
            all.forEachRemaining(events::add);
        }
        return events;
    }
}

package dev.weir.testing.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.testing.KafkaBroker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic with events as the shipped catalog describes them, and a pipeline for it with sinks of its own. */
public final class SampleFeed {
    public static final String PASSWORD = "Kiln-7-is-hot";

    private static final long START_MILLIS =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final KafkaBroker broker;
    private final String name;
    private final Path lake;

    /** The topic is there and empty. */
    public SampleFeed(KafkaBroker broker, String name, Path directory) {
        this.broker = broker;
        this.name = name;
        this.lake = directory.resolve(name + "-lake");
        // The events are old: half a minute after its start the broker would delete them, and a slow run find nothing.
        broker.createTopic(name, 2, Map.of("retention.ms", "-1"));
    }

    public String deadLetters() {
        return name + "-dlq";
    }

    public Path lake() {
        return lake;
    }

    /** What makes the shipped configuration one for this topic, with a database. */
    public Map<String, String> options(String postgresUrl, String user) {
        return new TreeMap<>(Map.of(
                "weir.pipeline", name,
                "weir.kafka.bootstrap-servers", broker.bootstrapServers(),
                "weir.kafka.topics", name,
                "weir.lake.path", lake.toUri().toString(),
                "weir.postgres.url", postgresUrl,
                "weir.postgres.user", user,
                "weir.postgres.password", PASSWORD));
    }

    /** As arguments. */
    public static List<String> arguments(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> "-D" + option.getKey() + "=" + option.getValue())
                .toList();
    }

    /** One good reading of each of two kilns for every second of the range. */
    public void sendReadings(int fromSecond, int toSecond) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int second = fromSecond; second < toSecond; second++) {
            double value = 20 + 0.1 * Math.abs(second % 10 - 5);
            records.add(reading(0, "kiln-1", second, "temperature", value));
            records.add(reading(1, "kiln-2", second, "temperature", value));
        }
        broker.send(records);
    }

    /** An event that is none, a value beyond the limits and an unknown metric. */
    public void sendBadEvents() {
        broker.send(Stream.of(
                        new ProducerRecord<byte[], byte[]>(
                                name, 0, START_MILLIS, "k".getBytes(UTF_8), "no event".getBytes(UTF_8)),
                        reading(0, "kiln-1", 0, "humidity", 101),
                        reading(1, "kiln-2", 0, "smell", 1))
                .toList());
    }

    private ProducerRecord<byte[], byte[]> reading(
            int partition, String sensor, int second, String metric, double value) {
        long millis = START_MILLIS + 1000L * second;
        String json = String.format(
                Locale.ROOT,
                "{\"sensor_id\":\"%s\",\"metric\":\"%s\",\"event_time\":%d,\"value\":%.1f}",
                sensor,
                metric,
                millis,
                value);
        return new ProducerRecord<>(name, partition, millis, sensor.getBytes(UTF_8), json.getBytes(UTF_8));
    }
}

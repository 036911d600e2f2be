package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.OptionGroup.Entry;
import dev.weir.config.OptionGroup.Range;
import dev.weir.config.parse.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference says of the options is what the checks do. */
class OptionReferenceTest {
    /** Options with which every other one may take its smallest and its greatest value. */
    private static final Map<String, String> ROOMY = Map.of(
            "weir.kafka.bootstrap-servers", "localhost:9092",
            "weir.kafka.topics", "sensors",
            "weir.dead-letter.topic", "rejects",
            "weir.lake.path", "file:///tmp/lake",
            "weir.postgres.url", "jdbc:postgresql://db/sensors",
            "weir.time.disorder", "0",
            "weir.time.lateness", "36500 d",
            "weir.time.idle-flush", "1 ms",
            "weir.state.retention", "36500 d",
            "execution.checkpointing.interval", "10 s");

    @TempDir
    Path directory;

    @BeforeEach
    void writeCatalog() throws IOException {
        // Without a lateness of its own, so that weir.time.disorder is free.
        Files.writeString(
                directory.resolve("catalog.yaml"),
                """
                version: 1
                input: {format: json, fields: {sensor-id: id, event-time: ts, metric: name, value: value}}
                unknown-metric: accept
                """);
        Files.createFile(directory.resolve("config.yaml"));
    }

    @Test
    void holdsEveryOptionOnce() {
        assertThat(entries().map(Entry::option)).containsExactlyInAnyOrderElementsOf(WeirOptions.ALL);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void showsAnExampleThatIsAccepted(Entry entry) throws IOException {
        Map<String, String> options = new TreeMap<>(ROOMY);
        options.put(entry.option().key(), entry.example());
        if (entry.option().equals(WeirOptions.CATALOG)) {
            options.put(entry.option().key(), directory.resolve("catalog.yaml").toString());
        } else if (entry.option().equals(WeirOptions.KAFKA_TOPIC_PATTERN)) {
            options.remove("weir.kafka.topics");
        }
        assertThatCode(() -> load(options)).doesNotThrowAnyException();
        assertThat(entry.example()).isNotEqualTo(DefaultText.of(entry.option()));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void theEndsOfARangeAreAcceptedAndWhatLiesBeyondIsRefused(String key, String end, String beyond) {
        assertThatCode(() -> load(with(key, end))).doesNotThrowAnyException();

        var refusal = catchThrowableOfType(ConfigurationException.class, () -> load(with(key, beyond)));
        assertThat(refusal).as(beyond + " is accepted").isNotNull();
        assertThat(refusal.problems())
                .allSatisfy(problem -> assertThat(problem.message()).contains(key));
    }

    static Stream<Entry> entries() {
        return OptionReference.GROUPS.stream().flatMap(group -> group.entries().stream());
    }

    static Stream<Arguments> ends() {
        return entries().filter(entry -> entry.range() != null).flatMap(entry -> {
            String key = entry.option().key();
            Range range = entry.range();
            Stream<Arguments> least = range.least() == null
                    ? Stream.of()
                    : Stream.of(Arguments.of(key, range.least(), moved(range.least(), range.step(), -1)));
            Stream<Arguments> greatest = range.greatest() == null
                    ? Stream.of()
                    : Stream.of(Arguments.of(key, range.greatest(), moved(range.greatest(), range.step(), 1)));
            return Stream.concat(least, greatest);
        });
    }

    /** The value a step further, in the unit of the step. */
    private static String moved(String value, String step, int direction) {
        if (step.matches("[0-9]+")) {
            return String.valueOf(Long.parseLong(value) + direction * Long.parseLong(step));
        }
        if (step.endsWith(" b")) {
            return MemorySize.parse(value).getBytes()
                    + direction * MemorySize.parse(step).getBytes() + " b";
        }
        long nanos = Durations.parse(step).toNanos();
        return direction < 0
                ? Durations.parse(value).minusNanos(nanos).toNanos() + " ns"
                : Durations.parse(value).dividedBy(Durations.parse(step)) + 1 + step.replaceFirst("[0-9]+", "");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> options = new TreeMap<>(ROOMY);
        options.put(key, value);
        return options;
    }

    private Resolved load(Map<String, String> options) {
        return new ConfigLoader().load(directory, options);
    }
}

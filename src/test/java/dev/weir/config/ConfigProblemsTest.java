package dev.weir.config;

import static dev.weir.config.ConfigFiles.LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link ConfigLoader} refuses, where it says the problem is, and what it says against it. */
class ConfigProblemsTest {
    @TempDir
    Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeCatalog() throws IOException {
        files = ConfigFiles.in(directory);
    }

    @Test
    void reportsTheProblemsOfOptionsOverridesAndCatalogAtOnce() throws IOException {
        Path catalog = directory.resolve("catalog.yaml");
        Files.writeString(catalog, Files.readString(catalog).replace("max: 125", "max: -125"));
        String yaml =
                """
                weir:
                  kafka:
                    topics: ["a,b"]
                    topik-pattern: x
                  time:
                    disorder: 10 s
                    lateness: 5 s
                execution.runtime-mode: BATCH
                """;
        assertThat(files.problems(yaml, Map.of("weir.lake.max-open-files", "0")))
                .containsExactlyInAnyOrder(
                        files.at(4)
                                + "weir.kafka.topik-pattern is not an option; did you mean weir.kafka.topic-pattern?",
                        files.at(0)
                                + "weir.kafka.bootstrap-servers is missing; set it to host:port of a broker, for instance localhost:9092",
                        files.at(3)
                                + "weir.kafka.topics is wrong: topic name \"a,b\" has a comma; write [a, b] or a; b",
                        files.at(7)
                                + "weir.time.lateness must be >= weir.time.disorder (10 s), got 5 s; raise it to at least 10 s",
                        "-Dweir.lake.max-open-files: weir.lake.max-open-files must be >= 1, got 0; write for instance 64",
                        files.at(0)
                                + "weir.lake.path and weir.postgres.url are both missing; set at least one: there is no sink",
                        files.at(8)
                                + "execution.runtime-mode must be STREAMING, got BATCH: batch sorts each series anew and keeps no "
                                + "books; remove it; for a run that ends by itself set weir.kafka.stop",
                        files.at(0)
                                + "execution.checkpointing.interval is missing: the sinks commit at checkpoints; set it, for "
                                + "instance to 10 s",
                        catalog
                                + ":20: metrics.temperature.min must be <= max (-125), got -40; swap the two or correct one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            weir.pipeline                   | a b                            | weir.pipeline is wrong: "a b" is not a pipeline name
            weir.catalog                    | /no/such.yaml                  | weir.catalog cannot be read: /no/such.yaml does not exist
            weir.kafka.bootstrap-servers    | localhost                      | weir.kafka.bootstrap-servers is wrong: "localhost" is not host:port
            weir.kafka.topic-pattern        | x.*                            | weir.kafka.topic-pattern and weir.kafka.topics are both set
            weir.kafka.topics               | b, c                           | weir.kafka.topics is wrong: topic name "b, c" has a comma; write [a, b] or a; b
            weir.kafka.topics               | a/b                            | weir.kafka.topics is wrong: "a/b" is not a topic name
            weir.kafka.topics               | [a, a]                         | weir.kafka.topics names topic a twice
            weir.kafka.start                | yesterday                      | weir.kafka.start is wrong: "yesterday" is not known; allowed: committed-or-earliest, earliest, latest, or an ISO
            weir.kafka.stop                 | earliest                       | weir.kafka.stop is wrong: "earliest" is not known; allowed: never, latest, or an ISO instant
            weir.kafka.properties.group.id  | x                              | weir.kafka.properties.group.id is set by the job; set weir.kafka.group
            weir.time.disorder              | 10                             | weir.time.disorder is wrong: "10" has no unit; write a number and a unit
            weir.time.lateness              | -2 min                         | weir.time.lateness is wrong: "-2 min" is negative
            weir.time.disorder              | soon                           | weir.time.disorder is wrong: "soon" is not a duration
            weir.time.idle-flush            | 31 d                           | weir.state.retention must be >= weir.time.idle-flush (31 d), got 30 d
            weir.time.earliest              | 1 Jan                          | weir.time.earliest is wrong: "1 Jan" is not a time
            weir.windows                    | 1 min, 1 h                     | weir.windows is wrong: "1 min, 1 h" has a comma; write [1 min, 1 h] or 1 min; 1 h
            weir.windows                    | 1500 ms                        | weir.windows must be whole seconds, at least 1 s, got 1500 ms
            weir.windows                    | 0 s                            | weir.windows must be whole seconds, at least 1 s, got 0
            weir.windows                    | 60 s; 1 min                    | weir.windows names 1 min twice
            weir.windows                    | []                             | weir.windows is empty
            weir.lake.compression           | zip                            | weir.lake.compression is wrong: "zip" is not known; allowed: zstd, snappy, gzip, uncompressed
            weir.lake.max-open-files        | many                           | weir.lake.max-open-files is wrong: "many" is not a whole number
            weir.postgres.url               | postgres://db                  | weir.postgres.url must start with jdbc:postgresql:
            weir.postgres.url               | jdbc:postgresql://d/x?a=1&reWriteBatchedInserts=true | weir.postgres.url must not set reWriteBatchedInserts: it would override
            weir.postgres.url               | jdbc:postgresql://d/x?password=geheim | weir.postgres.url must not hold a password; remove it
            weir.lake.path                  | s3://id:geheim@bucket/lake     | weir.lake.path must not hold a password
            weir.kafka.properties.ssl.keystore.key | geheim                  | weir.kafka.properties.ssl.keystore.key must not hold the secret itself
            weir.postgres.delivery          | once                           | weir.postgres.delivery is wrong: "once" is not known; allowed: exactly-once, at-least-once
            weir.postgres.migrate           | yes                            | weir.postgres.migrate is wrong: "yes" is not a boolean; write true or false
            weir.postgres.max-pending       | big                            | weir.postgres.max-pending is wrong: "big" is not a size
            weir.files.retention            | 1 h                            | weir.files.retention must be >= 1 d, got 1 h; write for instance 90 d
            weir.dead-letter.topic          | sensors                        | weir.dead-letter.topic is also an input: sensors
            weir.restore.rewnd              | true                           | weir.restore.rewnd is not an option; did you mean weir.restore.rewind?
            wier.restore.rewind             | true                           | wier.restore.rewind is not an option; did you mean weir.restore.rewind?
            weir.kafka                      | x                              | weir.kafka is not an option; it holds keys: weir.kafka.bootstrap-servers
            execution.runtime-mode          | AUTOMATIC                      | execution.runtime-mode must be STREAMING, got AUTOMATIC
            execution.checkpointing.unaligned.enabled | true                 | execution.checkpointing.unaligned.enabled must not be true
            execution.checkpointing.unaligned | true                         | execution.checkpointing.unaligned must not be true
            execution.checkpointing.checkpoints-after-tasks-finish.enabled | false | execution.checkpointing.checkpoints-after-tasks-finish.enabled must not be false
            weir.windows              | 30000 d                              | weir.windows must be at most 24855 d, got 30000 d
            weir.pipeline             | ..                                   | weir.pipeline
            weir.postgres.url         | jdbc:postgresql://h/d?currentSchema=x | weir.postgres.url must not set currentSchema
            execution.checkpointing.mode    | AT_LEAST_ONCE                  | execution.checkpointing.mode must be EXACTLY_ONCE
            execution.checkpointing.interval | often                         | execution.checkpointing.interval is wrong: "often" is not of its type
            execution.checkpointing.timeout | soon                           | execution.checkpointing.timeout is wrong: "soon" is not of its type
            execution.checkpointing.timeout | 10 min                         | weir.kafka.properties.transaction.timeout.ms must be longer than 1436000, got 900000 (15 min): a transaction of
            execution.checkpointing.tolerable-failed-checkpoints | 9         | weir.kafka.properties.transaction.timeout.ms must be longer than 1556000, got 900000 (15 min): a transaction of
            execution.checkpointing.interval | 1 h                           | weir.kafka.properties.transaction.timeout.ms must be longer than 3956000, got 900000 (15 min): a transaction of
            weir.kafka.properties.transaction.timeout.ms | 60000             | weir.kafka.properties.transaction.timeout.ms must be longer than 476000, got 60000 (1 min): a transaction of
            weir.kafka.properties.transaction.timeout.ms | 15 min            | weir.kafka.properties.transaction.timeout.ms must be a number of milliseconds from 1 to 2147483647, got 15 min
            restart-strategy.type           | sometimes                      | restart-strategy.type is wrong: sometimes is an unknown value
            heartbeat.timeout               | long                           | heartbeat.timeout is wrong: "long" is not of its type
            pipeline.generic-types          | true                           | pipeline.generic-types must not be true
            pipeline.auto-generate-uids     | true                           | pipeline.auto-generate-uids must not be true
            """)
    void refusesAnOverrideWithReasonAndCure(String key, String value, String message) throws IOException {
        assertThat(files.problems(LEAST, Map.of(key, value)))
                .singleElement()
                .asString()
                .startsWith("-D" + key + ": " + message)
                .contains("; ")
                .doesNotContain("geheim");
    }

    @Test
    void aContradictionStandsAtTheOptionThatIsSet() throws IOException {
        assertThat(files.problems(LEAST, Map.of("weir.time.disorder", "3 h")))
                .contains("-Dweir.time.disorder: weir.time.lateness must be >= weir.time.disorder (3 h), got 1 h; "
                        + "raise it to at least 3 h");
    }

    /** The values that were shipped once: three checkpoints that time out outlast the transaction, and the fourth completes without it. */
    @Test
    void refusesCheckpointsThatMayOutlastATransactionOfDeadLetters() throws IOException {
        String shipped = LEAST
                + """
                execution.checkpointing.min-pause: 2 s
                execution.checkpointing.timeout: 5 min
                execution.checkpointing.tolerable-failed-checkpoints: 3
                restart-strategy.type: exponential-delay
                restart-strategy.exponential-delay.max-backoff: 20 s
                """;
        assertThat(files.problems(shipped, Map.of()))
                .containsExactly(files.at(6)
                        + "weir.kafka.properties.transaction.timeout.ms must be longer than 1700000, got 900000 (15 min): "
                        + "a transaction of dead letters may have to last 1700 s with execution.checkpointing.timeout "
                        + "5 min, .tolerable-failed-checkpoints 3, .interval 10 s, .min-pause 2 s and a restart of up to "
                        + "192 s; the broker aborts an older one, and its dead letters are lost; lower "
                        + "execution.checkpointing.timeout to 139 s, or lower execution.checkpointing.tolerable-failed-checkpoints "
                        + "to 0, or raise transaction.timeout.ms; the brokers' transaction.max.timeout.ms (900000 by default) "
                        + "must allow it");
        assertThat(files.load(shipped, Map.of("weir.kafka.properties.transaction.timeout.ms", "1800000"))
                        .config())
                .isNotNull();
    }

    @Test
    void severalInputsNeedADeadLetterTopicThatIsNoneOfThem() throws IOException {
        assertThat(files.problems(LEAST, Map.of("weir.kafka.topics", "a; b")))
                .containsExactly(
                        files.at(0) + "weir.dead-letter.topic is missing: several topics or a pattern have no default; "
                                + "set it, for instance to <pipeline>-dlq");
        String pattern = LEAST.replace("topics: sensors", "topic-pattern: sensors.*");
        assertThat(files.problems(pattern + "weir.dead-letter.topic: sensors-dlq", Map.of()))
                .containsExactly(files.at(5) + "weir.dead-letter.topic is also an input: sensors-dlq matches "
                        + "weir.kafka.topic-pattern (sensors.*); name a topic that the pattern does not match");
        assertThat(files.load(pattern + "weir.dead-letter.topic: rejects", Map.of())
                        .config()
                        .kafka()
                        .topicPattern())
                .isEqualTo("sensors.*");
    }

    @Test
    void refusesAPasswordGivenTwice() throws IOException {
        assertThat(files.problems(LEAST + "weir.postgres: {password: geheim, password-file: /x}", Map.of()))
                .containsExactly(files.at(5)
                        + "weir.postgres.password-file and weir.postgres.password are both set; keep one of "
                        + "the two, best the file");
    }

    @Test
    void refusesAKeyThatIsSetTwiceFlatAndNested() throws IOException {
        assertThat(files.problems(LEAST + "weir: {kafka: {topics: x}}", Map.of()))
                .containsExactly(files.at(5) + "weir.kafka.topics is already set on line 2; keep one of the two");
    }

    @Test
    void aFileThatIsNoYamlIsTheOnlyProblem() throws IOException {
        assertThat(files.problems("weir: [\n", Map.of()))
                .singleElement()
                .asString()
                .startsWith(files.at(2) + "not YAML: ");
    }

    @Test
    void saysOfAFileInAnotherEncodingHowToMendIt() throws IOException {
        Files.write(directory.resolve("catalog.yaml"), "# M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(files.problems(LEAST, Map.of()))
                .containsExactly(files.at(0) + "weir.catalog cannot be read: " + directory.resolve("catalog.yaml")
                        + " is not UTF-8; save the file as UTF-8");
        Files.write(directory.resolve("config.yaml"), "# M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1));
        var refusal =
                catchThrowableOfType(ConfigurationException.class, () -> new ConfigLoader().load(directory, Map.of()));
        assertThat(refusal).hasMessage(files.at(0) + "is not UTF-8; save the file as UTF-8");
    }

    @Test
    void aKeyWithoutAValueIsNamedBecauseFlinkWouldFailOnIt() throws IOException {
        assertThat(files.problems(LEAST + "weir.postgres.url:", Map.of()))
                .containsExactly(files.at(5) + "weir.postgres.url has no value; remove the line, or write \"\"");
    }

    @Test
    void aMissingFileIsTheOnlyProblem() {
        var refusal =
                catchThrowableOfType(ConfigurationException.class, () -> new ConfigLoader().load(directory, Map.of()));
        assertThat(refusal).hasMessage(files.at(0) + "no such file; name the directory of config.yaml with --conf-dir");
    }

    @Test
    void onAClusterTheLineIsKnownForWhatTheFileSets() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), LEAST + "weir.time.lateness: 5 s\n");
        Configuration flink = files.load(LEAST, Map.of()).flink();
        Files.writeString(directory.resolve("config.yaml"), LEAST + "weir.time.lateness: 5 s\n");
        flink.setString("weir.time.lateness", "5 s");
        flink.setString("weir.lake.max-open-files", "0");
        var refusal = catchThrowableOfType(ConfigurationException.class, () -> new ConfigLoader()
                .fromFlink(flink, directory, Map.of("weir.pipeline", "-/-")));
        assertThat(refusal.problems())
                .extracting(problem -> problem.location())
                .containsExactlyInAnyOrder(
                        directory.resolve("config.yaml") + ":5", "Flink's configuration", "-Dweir.pipeline");
    }
}

package dev.weir.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.config.TransactionLife;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.CoreRun;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.flink.WeirTypes;
import dev.weir.generation.Run;
import dev.weir.output.Output;
import dev.weir.source.EventSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option at its extremes: each value is either refused, with the option's name, or the job's graph is built and
 * readings are judged with it. A value that is accepted here and fails later is a mistake of the configuration's
 * checks.
 */
class OptionExtremesTest {
    /** {@code option | value | ok}, or what the refusal says. */
    private static final String TABLE =
            """
            weir.pipeline                | -                                | ok
            weir.pipeline                | .                                | is not a pipeline name
            weir.pipeline                | ${100 x p}                       | ok
            weir.pipeline                | ${101 x p}                       | is not a pipeline name
            weir.catalog                 | /                                | cannot be read
            weir.kafka.bootstrap-servers | a:0                              | is not one of 1 to 65535
            weir.kafka.bootstrap-servers | a:65535                          | ok
            weir.kafka.bootstrap-servers | a:65536                          | is not one of 1 to 65535
            weir.kafka.bootstrap-servers | a:1,                             | is not host:port
            weir.kafka.topics            | ${245 x t}                       | ok
            weir.kafka.topics            | ${249 x t}                       | weir.dead-letter.topic is wrong
            weir.kafka.topics            | ${250 x t}                       | is not a topic name
            weir.kafka.topic-pattern     | (                                | is not a regular expression
            weir.kafka.group             | a group with spaces              | ok
            weir.kafka.start             | 1969-12-31T23:59:59Z             | is before 1970
            weir.kafka.start             | 1970-01-01T00:00:00Z             | ok
            weir.kafka.start             | +999999999-12-31T23:59:59Z       | is not known
            weir.kafka.stop              | +999999999-12-31T23:59:59Z       | is not known
            weir.kafka.stop              | 1970-01-01T00:00:00Z             | ok
            weir.kafka.properties        | max.poll.records:0               | max.poll.records is wrong
            weir.kafka.properties        | max.poll.records:many            | max.poll.records is wrong
            weir.kafka.properties        | security.protocol:sometimes      | security.protocol is wrong
            weir.kafka.properties        | max.in.flight.requests.per.connection:6 | must be at most 5
            weir.kafka.properties        | max.in.flight.requests.per.connection:5 | ok
            weir.kafka.properties        | sasl.login.callback.handler.class:of.the.Cluster | ok
            weir.kafka.properties        | acks:0                           | is set by the job
            weir.kafka.properties        | enable.idempotence:false         | is set by the job
            weir.kafka.properties        | partition.discovery.interval.ms:soon | is not a number of milliseconds
            weir.kafka.properties        | partition.discovery.interval.ms:-1 | ok
            weir.kafka.properties        | of.a.plugin:x                    | ok
            weir.time.disorder           | 0                                | ok
            weir.time.disorder           | 1 micro                          | ok
            weir.time.disorder           | 1 ns                             | must be whole microseconds
            weir.time.disorder           | -1 s                             | weir.time.disorder is wrong
            weir.time.disorder           | 36501 d                          | is longer than 36500 d
            weir.time.lateness           | 36500 d                          | ok
            weir.time.lateness           | 999 ns                           | must be whole microseconds
            weir.time.future-skew        | 0                                | ok
            weir.time.future-skew        | 36500 d                          | ok
            weir.time.future-skew        | 10 ns                            | must be whole microseconds
            weir.time.idle-flush         | 0                                | must be longer than 0
            weir.time.idle-flush         | 100 micro                        | must be whole milliseconds
            weir.time.idle-flush         | 1 ms                             | ok
            weir.time.idle-flush         | 36500 d                          | weir.state.retention must be >= weir.time.idle-flush
            weir.time.earliest           | -300000-01-01                    | must be in the years 0001 to 9999
            weir.time.earliest           | 0000-12-31                       | must be in the years 0001 to 9999
            weir.time.earliest           | 0001-01-01                       | ok
            weir.time.earliest           | 9999-12-31T23:59:59.999999Z      | ok
            weir.time.earliest           | +10000-01-01                     | must be in the years 0001 to 9999
            weir.time.earliest           | +999999999-12-31T23:59:59Z       | must be in the years 0001 to 9999
            weir.time.earliest           | 2023-02-29                       | is not a time
            weir.windows                 | 1 s                              | ok
            weir.windows                 | 24855 d                          | ok
            weir.windows                 | 24856 d                          | must be at most 24855 d
            weir.windows                 | 1 ns                             | must be whole seconds
            weir.state.retention         | 100 micro                        | must be whole milliseconds
            weir.state.retention         | 36500 d                          | ok
            weir.lake.path               | lake                             | must be absolute
            weir.lake.path               | ../lake                          | must be absolute
            weir.lake.path               | /                                | ok
            weir.lake.path               | /a b/c%d                         | ok
            weir.lake.path               | file:lake                        | is not a path
            weir.lake.path               | file://data/lake                 | write file:///data/lake
            weir.lake.path               | file://localhost/lake            | ok
            weir.lake.path               | s3://                            | names no bucket
            weir.lake.path               | s3:///lake                       | names no bucket
            weir.lake.path               | s3://bucket                      | ok
            weir.lake.path               | hdfs:///lake                     | ok
            weir.lake.compression        | lzo                              | is not known
            weir.lake.max-open-files     | -1                               | must be >= 1
            weir.lake.max-open-files     | 2147483647                       | ok
            weir.lake.max-open-files     | 2147483648                       | is not a whole number
            weir.postgres.url            | jdbc:postgresql:                 | ok
            weir.postgres.url            | jdbc:postgresql:///d             | ok
            weir.postgres.url            | jdbc:postgresql://h              | is not a URL that PostgreSQL's driver understands
            weir.postgres.url            | jdbc:postgresql://h:99999/d      | is not a URL that PostgreSQL's driver understands
            weir.postgres.url            | jdbc:postgresql://h1,h2:5433/d   | ok
            weir.postgres.url            | jdbc:postgresql://[::1]:5433/d   | ok
            weir.postgres.url            | jdbc:postgresql://[::1]:0/d      | is not a URL that PostgreSQL's driver understands
            weir.postgres.url            | jdbc:postgresql:/d               | is not a URL that PostgreSQL's driver understands
            weir.postgres.url            | jdbc:postgresql:d                | ok
            weir.postgres.user           | a "user" with quotes             | ok
            weir.postgres.password       | "; DROP TABLE x                  | ok
            weir.postgres.password-file  | /no/such/file                    | ok
            weir.postgres.schema         | ${63 x s}                        | ok
            weir.postgres.schema         | ${64 x s}                        | is not a plain name
            weir.postgres.schema         | pg_mine                          | PostgreSQL keeps for itself
            weir.postgres.schema         | information_schema               | PostgreSQL keeps for itself
            weir.postgres.delivery       | twice                            | is not known
            weir.postgres.migrate        | 1                                | is not a boolean
            weir.postgres.max-pending    | 1 b                              | must be at least 1 kb
            weir.postgres.max-pending    | 1 kb                             | ok
            weir.postgres.max-pending    | 9223372036854775807 b            | ok
            weir.postgres.max-pending    | 9223372036854775808 b            | is not a size
            weir.files.retention         | 23 h                             | must be >= 1 d
            weir.files.retention         | 1 d                              | ok
            weir.files.retention         | 36500 d                          | ok
            weir.dead-letter.topic       | ..                               | is not a topic name
            weir.dead-letter.payload     | none                             | is not known
            weir.restore.rewind          | perhaps                          | is not a boolean
            parallelism.default          | 0                                | must be at least 1
            parallelism.default          | 720                              | ok
            parallelism.default          | 721                              | must be at most pipeline.max-parallelism (720)
            parallelism.default          | 99999999999                      | is not of its type
            pipeline.max-parallelism     | 0                                | must be at least 1
            pipeline.max-parallelism     | 32768                            | ok
            pipeline.max-parallelism     | 32769                            | must be at most 32768
            pipeline.operator-chaining.enabled | false                      | must not be false
            pipeline.operator-chaining   | false                            | must not be false
            pipeline.object-reuse        | false                            | ok
            execution.checkpointing.interval | 9 ms                         | must be at least 10 ms
            execution.checkpointing.interval | 10 ms                        | ok
            execution.checkpointing.timeout | 1 ms                          | must be at least 10 ms
            execution.checkpointing.tolerable-failed-checkpoints | -1       | must be at least 0
            execution.checkpointing.max-concurrent-checkpoints | 0          | must be at least 1
            execution.checkpointing.num-retained | 0                        | must be at least 1
            execution.checkpointing.mode | SOMETIMES                        | is not of its type
            state.backend.type           | forrst                           | Flink cannot load
            state.backend.type           | hashmap                          | ok
            """;

    /** What a configuration needs at the least, with both sinks. */
    private static final Map<String, String> LEAST = Map.of(
            "weir.kafka.bootstrap-servers", "localhost:9092",
            "weir.kafka.topics", "sensors",
            "weir.lake.path", "file:///tmp/lake",
            "weir.postgres.url", "jdbc:postgresql://db/sensors",
            "execution.checkpointing.interval", "10 s");

    @TempDir
    Path directory;

    record Row(String key, String value, String expected) {
        @Override
        public String toString() {
            return key + " = " + (value.length() > 60 ? value.length() + " characters" : value);
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().map(line -> {
            String[] cells = line.split("\\s*\\|\\s*", 3);
            String value = cells[1].strip();
            if (value.startsWith("${")) {
                String[] repeated = value.substring(2, value.length() - 1).split(" x ", 2);
                value = repeated[1].repeat(Integer.parseInt(repeated[0]));
            }
            return new Row(cells[0].strip(), value, cells[2].strip());
        });
    }

    @BeforeEach
    void writeCatalog() throws IOException {
        try (var in = getClass().getResourceAsStream("/config/design-catalog.yaml")) {
            Files.copy(in, directory.resolve("catalog.yaml"));
        }
        Files.writeString(
                directory.resolve("config.yaml"), "pipeline: {generic-types: false, auto-generate-uids: false}\n");
    }

    @Test
    void everyOptionOfTheJobIsInTheTable() {
        assertThat(rows().map(Row::key))
                .containsAll(WeirOptions.ALL.stream().map(ConfigOption::key).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedWithItsNameOrServes(Row row) throws Exception {
        Map<String, String> options = new TreeMap<>(LEAST);
        if (row.key().equals(WeirOptions.KAFKA_PROPERTIES.key())) {
            String[] property = row.value().split(":", 2);
            options.put(row.key() + "." + property[0], property[1]);
        } else {
            options.put(row.key(), row.value());
        }
        if (!row.expected().equals("ok")) {
            var refusal = catchThrowableOfType(
                    ConfigurationException.class, () -> new ConfigLoader().load(directory, options));
            assertThat(refusal).as("accepted").isNotNull();
            assertThat(refusal.problems()).anySatisfy(problem -> assertThat(problem.toString())
                    .contains(row.expected())
                    .contains(row.expected().startsWith("weir.") ? "" : row.key())
                    .contains("; "));
            return;
        }
        Resolved resolved = new ConfigLoader().load(directory, options);
        assertThat(graph(resolved).getVerticesAsArray()).isNotEmpty();
        judge(resolved.config());
    }

    private static JobGraph graph(Resolved resolved) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(resolved.flink());
        if (resolved.flink()
                .getOptional(org.apache.flink.configuration.PipelineOptions.MAX_PARALLELISM)
                .isEmpty()) {
            env.setMaxParallelism(JobDefinition.MAX_PARALLELISM);
        }
        TransactionLife life = JobDefinition.transactionLife(env, resolved.config());
        List<Output> outputs = JobDefinition.outputs(resolved.config(), "run", life);
        Pipeline.build(
                env,
                EventSource.create(resolved.config(), WeirTypes.EVENT),
                outputs,
                new Run("run", resolved.config(), Output.fenceOf(outputs)),
                Pipeline.STRAIGHT);
        return env.getStreamGraph().getJobGraph();
    }

    /** Readings at ordinary times and at the ends of what an event can say: none may throw. */
    private static void judge(WeirConfig config) {
        long now = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
        List<Event> events = Stream.of(
                        0L, 1L, now, now + 1, now + 3_600_000L, -1L, Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000)
                .flatMap(time -> Stream.of(event(time, now), event(time, Long.MAX_VALUE), event(time, Long.MIN_VALUE)))
                .toList();
        CoreRun run = new CoreRun(config);
        run.feed(events);
        assertThat(run.stored()).isNotNull();
    }

    private static Event event(long timeMillis, long recordMillis) {
        String json =
                "{\"sensor_id\":\"s\",\"event_time\":" + timeMillis + ",\"metric\":\"temperature\",\"value\":21.5}";
        return new Event(new Origin("sensors", 0, 0, recordMillis), null, json.getBytes(StandardCharsets.UTF_8));
    }

    /** For a reader of a failure: the table names each case once. */
    @Test
    void noCaseStandsTwice() {
        assertThat(rows().map(row -> Arrays.asList(row.key(), row.value()))).doesNotHaveDuplicates();
    }
}

package dev.weir.config;

import dev.weir.config.WeirConfig.DeadLetters.Payload;
import dev.weir.config.WeirConfig.Postgres.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Every option of the job. Names and defaults are a public interface. */
public final class WeirOptions {
    public static final String PREFIX = "weir.";
    /** {@code pipeline.max-parallelism} where it is not set: many divisors, so that every usual parallelism gets equal shares. */
    public static final int DEFAULT_MAX_PARALLELISM = 720;

    public static final ConfigOption<String> PIPELINE = ConfigOptions.key("weir.pipeline")
            .stringType()
            .defaultValue("weir")
            .withDescription(
                    "Name of the pipeline: key of the fence and the books, transactional-id prefix, metric label.");
    public static final ConfigOption<String> CATALOG = ConfigOptions.key("weir.catalog")
            .stringType()
            .defaultValue("flink-conf/catalog.yaml")
            .withDescription("Path or URI of the catalog: the input, the metrics and their limits.");

    public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS = ConfigOptions.key("weir.kafka.bootstrap-servers")
            .stringType()
            .noDefaultValue()
            .withDescription("Brokers to begin with, host:port, separated by commas.");
    public static final ConfigOption<List<String>> KAFKA_TOPICS = ConfigOptions.key("weir.kafka.topics")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription("Topics to read, [a, b] or a; b. Either this or weir.kafka.topic-pattern.");
    public static final ConfigOption<String> KAFKA_TOPIC_PATTERN = ConfigOptions.key("weir.kafka.topic-pattern")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Regular expression that the whole name of a topic to read matches; new topics are found.");
    public static final ConfigOption<String> KAFKA_GROUP = ConfigOptions.key("weir.kafka.group")
            .stringType()
            .noDefaultValue()
            .withDescription("Consumer group that offsets are committed to. Default: weir.pipeline.");
    public static final ConfigOption<String> KAFKA_START = ConfigOptions.key("weir.kafka.start")
            .stringType()
            .defaultValue("committed-or-earliest")
            .withDescription(
                    "Where reading begins without state: committed-or-earliest, earliest, latest or an ISO instant.");
    public static final ConfigOption<String> KAFKA_STOP = ConfigOptions.key("weir.kafka.stop")
            .stringType()
            .defaultValue("never")
            .withDescription(
                    "Where reading ends: never, latest or an ISO instant. The run then ends by itself, all committed.");
    public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES = ConfigOptions.key("weir.kafka.properties")
            .mapType()
            .defaultValue(Map.of("isolation.level", "read_committed"))
            .withDescription("Passed to every Kafka client (TLS, SASL). Adds to the default.");

    public static final ConfigOption<Duration> TIME_DISORDER = ConfigOptions.key("weir.time.disorder")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("How long a window waits past its end, on the series clock, before its first result.");
    public static final ConfigOption<Duration> TIME_LATENESS = ConfigOptions.key("weir.time.lateness")
            .durationType()
            .defaultValue(Duration.ofHours(1))
            .withDescription(
                    "How far behind the series clock a reading may be and still count; >= weir.time.disorder.");
    public static final ConfigOption<Duration> TIME_FUTURE_SKEW = ConfigOptions.key("weir.time.future-skew")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("How far an event time may lie ahead of its record's timestamp.");
    public static final ConfigOption<Duration> TIME_IDLE_FLUSH = ConfigOptions.key("weir.time.idle-flush")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("Silence of a series, in processing time, after which its due windows are emitted.");
    public static final ConfigOption<String> TIME_EARLIEST = ConfigOptions.key("weir.time.earliest")
            .stringType()
            .defaultValue("2001-01-01")
            .withDescription(
                    "Earliest good event time: an ISO date (midnight UTC) or an ISO instant. The default is a year after the"
                            + " reset value of common clock chips, 2000-01-01.");

    public static final ConfigOption<List<Duration>> WINDOWS = ConfigOptions.key("weir.windows")
            .durationType()
            .asList()
            .defaultValues(Duration.ofMinutes(1), Duration.ofHours(1))
            .withDescription("Lengths of the tumbling windows, whole seconds, aligned to the epoch in UTC.");
    public static final ConfigOption<Duration> STATE_RETENTION = ConfigOptions.key("weir.state.retention")
            .durationType()
            .defaultValue(Duration.ofDays(30))
            .withDescription("Silence after which a series shrinks to a tombstone; >= weir.time.idle-flush.");

    public static final ConfigOption<String> LAKE_PATH = ConfigOptions.key("weir.lake.path")
            .stringType()
            .noDefaultValue()
            .withDescription("Root of the Parquet lake on any Flink file system. Absent: no lake.");
    public static final ConfigOption<Compression> LAKE_COMPRESSION = ConfigOptions.key("weir.lake.compression")
            .enumType(Compression.class)
            .defaultValue(Compression.ZSTD)
            .withDescription("Codec of the Parquet files.");
    public static final ConfigOption<Integer> LAKE_MAX_OPEN_FILES = ConfigOptions.key("weir.lake.max-open-files")
            .intType()
            .defaultValue(64)
            .withDescription("Greatest number of files that one writer has open at once.");

    public static final ConfigOption<String> POSTGRES_URL = ConfigOptions.key("weir.postgres.url")
            .stringType()
            .noDefaultValue()
            .withDescription("JDBC URL, jdbc:postgresql://host/database. Absent: no PostgreSQL.");
    public static final ConfigOption<String> POSTGRES_USER = ConfigOptions.key("weir.postgres.user")
            .stringType()
            .noDefaultValue()
            .withDescription("Role that writes.");
    public static final ConfigOption<String> POSTGRES_PASSWORD = ConfigOptions.key("weir.postgres.password")
            .stringType()
            .noDefaultValue()
            .withDescription("Its password. Either this or weir.postgres.password-file.");
    public static final ConfigOption<String> POSTGRES_PASSWORD_FILE = ConfigOptions.key("weir.postgres.password-file")
            .stringType()
            .noDefaultValue()
            .withDescription("File that holds the password, read anew for each connection.");
    public static final ConfigOption<String> POSTGRES_SCHEMA = ConfigOptions.key("weir.postgres.schema")
            .stringType()
            .defaultValue("public")
            .withDescription("Schema of the tables.");
    public static final ConfigOption<Delivery> POSTGRES_DELIVERY = ConfigOptions.key("weir.postgres.delivery")
            .enumType(Delivery.class)
            .defaultValue(Delivery.EXACTLY_ONCE)
            .withDescription("at-least-once writes rows as they come: lower latency, same guard.");
    public static final ConfigOption<Boolean> POSTGRES_MIGRATE = ConfigOptions.key("weir.postgres.migrate")
            .booleanType()
            .defaultValue(true)
            .withDescription("Whether to migrate the schema; false only checks its version and needs no DDL right.");
    public static final ConfigOption<MemorySize> POSTGRES_MAX_PENDING = ConfigOptions.key("weir.postgres.max-pending")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(256))
            .withDescription("Rows that wait for a commit before backpressure, per subtask.");

    public static final ConfigOption<String> DEAD_LETTER_TOPIC = ConfigOptions.key("weir.dead-letter.topic")
            .stringType()
            .noDefaultValue()
            .withDescription("Topic of the rejects. Default: <topic>-dlq; required with several topics or a pattern.");
    public static final ConfigOption<Payload> DEAD_LETTER_PAYLOAD = ConfigOptions.key("weir.dead-letter.payload")
            .enumType(Payload.class)
            .defaultValue(Payload.ORIGINAL)
            .withDescription("What keyed rejects carry: the original bytes, or the reading as JSON.");
    public static final ConfigOption<Boolean> RESTORE_REWIND = ConfigOptions.key("weir.restore.rewind")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether a start from a savepoint older than what is committed is allowed.");

    /** All of them, in the order in which they are listed to people. */
    public static final List<ConfigOption<?>> ALL = List.of(
            PIPELINE,
            CATALOG,
            KAFKA_BOOTSTRAP_SERVERS,
            KAFKA_TOPICS,
            KAFKA_TOPIC_PATTERN,
            KAFKA_GROUP,
            KAFKA_START,
            KAFKA_STOP,
            KAFKA_PROPERTIES,
            TIME_DISORDER,
            TIME_LATENESS,
            TIME_FUTURE_SKEW,
            TIME_IDLE_FLUSH,
            TIME_EARLIEST,
            WINDOWS,
            STATE_RETENTION,
            LAKE_PATH,
            LAKE_COMPRESSION,
            LAKE_MAX_OPEN_FILES,
            POSTGRES_URL,
            POSTGRES_USER,
            POSTGRES_PASSWORD,
            POSTGRES_PASSWORD_FILE,
            POSTGRES_SCHEMA,
            POSTGRES_DELIVERY,
            POSTGRES_MIGRATE,
            POSTGRES_MAX_PENDING,
            DEAD_LETTER_TOPIC,
            DEAD_LETTER_PAYLOAD,
            RESTORE_REWIND);

    private WeirOptions() {}

    /** Parquet codecs that need nothing beside the job jar. Prints as the option is written. */
    public enum Compression {
        ZSTD,
        SNAPPY,
        GZIP,
        UNCOMPRESSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

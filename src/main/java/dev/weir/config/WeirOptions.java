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

/**
 * Every option of the job. Names and defaults are a public interface. The descriptions become {@code docs/configuration.md}; what else that
 * page says is in {@link OptionReference}.
 */
public final class WeirOptions {
    public static final String PREFIX = "weir.";
    /** {@code pipeline.max-parallelism} where it is not set: many divisors, so that every usual parallelism gets equal shares. */
    public static final int DEFAULT_MAX_PARALLELISM = 720;

    public static final ConfigOption<String> PIPELINE = ConfigOptions.key("weir.pipeline")
            .stringType()
            .defaultValue("weir")
            .withDescription(
                    "The name of the pipeline. It is the key of the fence and the books, the prefix of transactional "
                            + "ids, and a metric label; two pipelines never share one.");
    public static final ConfigOption<String> CATALOG = ConfigOptions.key("weir.catalog")
            .stringType()
            .defaultValue("flink-conf/catalog.yaml")
            .withDescription(
                    "Where the catalog is: the file that describes the input, the metrics and their limits. Without "
                            + "this option, a `catalog.yaml` beside `config.yaml` is taken before the default.");

    public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS = ConfigOptions.key("weir.kafka.bootstrap-servers")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The brokers to connect to first. The client learns the others from them, so name two or three.");
    public static final ConfigOption<List<String>> KAFKA_TOPICS = ConfigOptions.key("weir.kafka.topics")
            .stringType()
            .asList()
            .noDefaultValue()
            .withDescription("The topics to read. Set either this or `weir.kafka.topic-pattern`.");
    public static final ConfigOption<String> KAFKA_TOPIC_PATTERN = ConfigOptions.key("weir.kafka.topic-pattern")
            .stringType()
            .noDefaultValue()
            .withDescription("Every topic whose whole name matches is read. Topics that are created later are found.");
    public static final ConfigOption<String> KAFKA_GROUP = ConfigOptions.key("weir.kafka.group")
            .stringType()
            .noDefaultValue()
            .withDescription("The consumer group that offsets are committed to.");
    public static final ConfigOption<String> KAFKA_START = ConfigOptions.key("weir.kafka.start")
            .stringType()
            .defaultValue("committed-or-earliest")
            .withDescription("Where reading begins when the job starts without state.");
    public static final ConfigOption<String> KAFKA_STOP = ConfigOptions.key("weir.kafka.stop")
            .stringType()
            .defaultValue("never")
            .withDescription(
                    "Where reading ends. With anything but `never`, the run ends by itself once everything up to there "
                            + "is committed.");
    public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES = ConfigOptions.key("weir.kafka.properties")
            .mapType()
            .defaultValue(Map.of("isolation.level", "read_committed"))
            .withDescription(
                    "Properties for every Kafka client, for instance for TLS and SASL: `weir.kafka.properties.<name>: "
                            + "<value>`. They are added to the default.");

    public static final ConfigOption<Duration> TIME_DISORDER = ConfigOptions.key("weir.time.disorder")
            .durationType()
            .defaultValue(Duration.ofSeconds(10))
            .withDescription("How long a window waits past its end, on the series clock, before its first result.");
    public static final ConfigOption<Duration> TIME_LATENESS = ConfigOptions.key("weir.time.lateness")
            .durationType()
            .defaultValue(Duration.ofHours(1))
            .withDescription(
                    "How far behind the series clock a reading may be and still count. A reading that is further behind "
                            + "is `LATE`. Duplicates are recognized over the same time.");
    public static final ConfigOption<Duration> TIME_FUTURE_SKEW = ConfigOptions.key("weir.time.future-skew")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription(
                    "How far an event time may lie ahead of its record's timestamp. A reading that is further ahead is "
                            + "`FUTURE_TIMESTAMP`.");
    public static final ConfigOption<Duration> TIME_IDLE_FLUSH = ConfigOptions.key("weir.time.idle-flush")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription(
                    "How long a series is silent, in processing time, before its windows that are due are emitted "
                            + "without waiting for its clock.");
    public static final ConfigOption<String> TIME_EARLIEST = ConfigOptions.key("weir.time.earliest")
            .stringType()
            .defaultValue("2001-01-01")
            .withDescription(
                    "The earliest event time that is accepted; what is before it is `ANCIENT_TIMESTAMP`. The default is "
                            + "one year after 2000-01-01, to which common clock chips reset.");

    public static final ConfigOption<List<Duration>> WINDOWS = ConfigOptions.key("weir.windows")
            .durationType()
            .asList()
            .defaultValues(Duration.ofMinutes(1), Duration.ofHours(1))
            .withDescription(
                    "The lengths of the tumbling windows. They are aligned to the epoch in UTC. Each length adds a row "
                            + "per series and window.");
    public static final ConfigOption<Duration> STATE_RETENTION = ConfigOptions.key("weir.state.retention")
            .durationType()
            .defaultValue(Duration.ofDays(30))
            .withDescription(
                    "How long a series is silent, in processing time, before its state shrinks to a tombstone. After "
                            + "that, readings at or before its clock are `LATE`.");

    public static final ConfigOption<String> LAKE_PATH = ConfigOptions.key("weir.lake.path")
            .stringType()
            .noDefaultValue()
            .withDescription("The root of the Parquet lake. Without it, nothing is written to a lake.");
    public static final ConfigOption<Compression> LAKE_COMPRESSION = ConfigOptions.key("weir.lake.compression")
            .enumType(Compression.class)
            .defaultValue(Compression.ZSTD)
            .withDescription("The codec of the Parquet files.");
    public static final ConfigOption<Integer> LAKE_MAX_OPEN_FILES = ConfigOptions.key("weir.lake.max-open-files")
            .intType()
            .defaultValue(64)
            .withDescription(
                    "How many files one writer holds open at once. Beyond that it closes files early, which makes more "
                            + "and smaller ones.");

    public static final ConfigOption<String> POSTGRES_URL = ConfigOptions.key("weir.postgres.url")
            .stringType()
            .noDefaultValue()
            .withDescription("The database that aggregates and books are written to. Without it, nothing is written to "
                    + "PostgreSQL.");
    public static final ConfigOption<String> POSTGRES_USER = ConfigOptions.key("weir.postgres.user")
            .stringType()
            .noDefaultValue()
            .withDescription("The role that writes. Without it, PostgreSQL's driver chooses.");
    public static final ConfigOption<String> POSTGRES_PASSWORD = ConfigOptions.key("weir.postgres.password")
            .stringType()
            .noDefaultValue()
            .withDescription("The password of the role. Set either this or `weir.postgres.password-file`.");
    public static final ConfigOption<String> POSTGRES_PASSWORD_FILE = ConfigOptions.key("weir.postgres.password-file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "A file that holds the password. It is read for each new connection, so a rotated password needs no "
                            + "restart.");
    public static final ConfigOption<String> POSTGRES_SCHEMA = ConfigOptions.key("weir.postgres.schema")
            .stringType()
            .defaultValue("public")
            .withDescription("The schema of the tables.");
    public static final ConfigOption<Delivery> POSTGRES_DELIVERY = ConfigOptions.key("weir.postgres.delivery")
            .enumType(Delivery.class)
            .defaultValue(Delivery.EXACTLY_ONCE)
            .withDescription(
                    "How rows are written. `exactly-once` commits them with checkpoints. `at-least-once` writes them as "
                            + "they come: they are visible earlier, and a replay changes no final row.");
    public static final ConfigOption<Boolean> POSTGRES_MIGRATE = ConfigOptions.key("weir.postgres.migrate")
            .booleanType()
            .defaultValue(true)
            .withDescription(
                    "Whether the job migrates the schema at its start. With `false` it only checks the version, and the "
                            + "role needs no right to change the schema.");
    public static final ConfigOption<MemorySize> POSTGRES_MAX_PENDING = ConfigOptions.key("weir.postgres.max-pending")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(256))
            .withDescription("How many bytes of rows may wait for a commit before the job applies backpressure.");
    public static final ConfigOption<Duration> FILES_RETENTION = ConfigOptions.key("weir.files.retention")
            .durationType()
            .defaultValue(Duration.ofDays(90))
            .withDescription(
                    "How long `weir_files` keeps what became of announced files, counted in days from their announcement. "
                            + "The partitions of older days are dropped.");

    public static final ConfigOption<String> DEAD_LETTER_TOPIC = ConfigOptions.key("weir.dead-letter.topic")
            .stringType()
            .noDefaultValue()
            .withDescription("The topic that rejected events and readings go to.");
    public static final ConfigOption<Payload> DEAD_LETTER_PAYLOAD = ConfigOptions.key("weir.dead-letter.payload")
            .enumType(Payload.class)
            .defaultValue(Payload.ORIGINAL)
            .withDescription(
                    "What a reading that is rejected by its series carries: the `original` bytes of its event, or the "
                            + "`reading` as JSON. With `reading`, the original bytes need not cross the network.");
    public static final ConfigOption<Boolean> RESTORE_REWIND = ConfigOptions.key("weir.restore.rewind")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether the job may start from a savepoint that is older than what is committed. Such a start "
                            + "begins a new generation and needs a new `weir.lake.path`.");

    /** All of them, in the order in which {@code check} prints them. */
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
            FILES_RETENTION,
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

package dev.weir.config;

import static dev.weir.config.OptionGroup.OnRestore.NEW_GENERATION;
import static dev.weir.config.OptionGroup.OnRestore.NOT_USED;
import static dev.weir.config.OptionGroup.OnRestore.REFUSED;
import static dev.weir.config.OptionGroup.OnRestore.TAKES_EFFECT;
import static dev.weir.config.WeirOptions.CATALOG;
import static dev.weir.config.WeirOptions.DEAD_LETTER_PAYLOAD;
import static dev.weir.config.WeirOptions.DEAD_LETTER_TOPIC;
import static dev.weir.config.WeirOptions.FILES_RETENTION;
import static dev.weir.config.WeirOptions.KAFKA_BOOTSTRAP_SERVERS;
import static dev.weir.config.WeirOptions.KAFKA_GROUP;
import static dev.weir.config.WeirOptions.KAFKA_PROPERTIES;
import static dev.weir.config.WeirOptions.KAFKA_START;
import static dev.weir.config.WeirOptions.KAFKA_STOP;
import static dev.weir.config.WeirOptions.KAFKA_TOPICS;
import static dev.weir.config.WeirOptions.KAFKA_TOPIC_PATTERN;
import static dev.weir.config.WeirOptions.LAKE_COMPRESSION;
import static dev.weir.config.WeirOptions.LAKE_MAX_OPEN_FILES;
import static dev.weir.config.WeirOptions.LAKE_PATH;
import static dev.weir.config.WeirOptions.PIPELINE;
import static dev.weir.config.WeirOptions.POSTGRES_DELIVERY;
import static dev.weir.config.WeirOptions.POSTGRES_MAX_PENDING;
import static dev.weir.config.WeirOptions.POSTGRES_MIGRATE;
import static dev.weir.config.WeirOptions.POSTGRES_PASSWORD;
import static dev.weir.config.WeirOptions.POSTGRES_PASSWORD_FILE;
import static dev.weir.config.WeirOptions.POSTGRES_SCHEMA;
import static dev.weir.config.WeirOptions.POSTGRES_URL;
import static dev.weir.config.WeirOptions.POSTGRES_USER;
import static dev.weir.config.WeirOptions.RESTORE_REWIND;
import static dev.weir.config.WeirOptions.STATE_RETENTION;
import static dev.weir.config.WeirOptions.TIME_DISORDER;
import static dev.weir.config.WeirOptions.TIME_EARLIEST;
import static dev.weir.config.WeirOptions.TIME_FUTURE_SKEW;
import static dev.weir.config.WeirOptions.TIME_IDLE_FLUSH;
import static dev.weir.config.WeirOptions.TIME_LATENESS;
import static dev.weir.config.WeirOptions.WINDOWS;

import dev.weir.config.OptionGroup.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The text of {@code docs/configuration.md} beside keys, defaults and descriptions of {@link WeirOptions}. */
public final class OptionReference {
    private static final String A_TOPIC =
            "A name has 1 to 249 of the characters `a-z`, `A-Z`, `0-9`, `.`, `_` and `-`.";
    private static final String SINK =
            "Removing it removes a sink: [upgrading.md](upgrading.md#removing-a-sink-or-changing-the-delivery).";
    private static final String SECRET = "A password, or `${env:NAME}` for the value of an environment variable.";

    private static final OptionGroup PIPELINE_GROUP = new OptionGroup(
            "The pipeline",
            "",
            List.of(
                    Entry.of(PIPELINE, "text", "plant-7")
                            .allowed("1 to 100 of the characters `a-z`, `A-Z`, `0-9`, `.`, `_` and `-`")
                            .onRestore(
                                    REFUSED,
                                    "Fence, generations, books and transactions belong to the name. (State of format 1 has no"
                                            + " name, and takes the one that it is started with.)"),
                    Entry.of(CATALOG, "path or URI", "s3://config/catalog.yaml")
                            .allowed("UTF-8, at most 3 MiB, on any Flink file system")
                            .onRestore(TAKES_EFFECT, "Only the content counts: [catalog.md](catalog.md).")));

    private static final OptionGroup KAFKA_GROUP_OF_OPTIONS = new OptionGroup(
            "Where it reads",
            "",
            List.of(
                    Entry.of(KAFKA_BOOTSTRAP_SERVERS, "addresses", "kafka-1:9092,kafka-2:9092")
                            .absent("**required**")
                            .allowed("`host:port`, separated by commas, with ports from 1 to 65535")
                            .onRestore(
                                    TAKES_EFFECT,
                                    "A topic with another topic id is" + " [refused](upgrading.md#a-topic-made-anew)."),
                    Entry.of(KAFKA_TOPICS, "list of texts", "[kilns, pumps]")
                            .absent("**required**, or a pattern")
                            .allowed(A_TOPIC)
                            .onRestore(
                                    TAKES_EFFECT,
                                    "An added topic is read from its beginning. Do not remove a topic: its partitions stay in the"
                                            + " state. To remove it, start without state."),
                    Entry.of(KAFKA_TOPIC_PATTERN, "regular expression", "sensors-.*")
                            .onRestore(TAKES_EFFECT, "As for `weir.kafka.topics`."),
                    Entry.of(KAFKA_GROUP, "text", "weir-test").absent("the value of `weir.pipeline`"),
                    Entry.of(KAFKA_START, "word or instant", "2026-03-01T00:00:00Z")
                            .allowed("`committed-or-earliest`, `earliest`, `latest`, or an ISO instant from 1970 on")
                            .onRestore(NOT_USED, "The state holds the offsets."),
                    Entry.of(KAFKA_STOP, "word or instant", "latest")
                            .allowed("`never`, `latest`, or an ISO instant from 1970 on, after `weir.kafka.start`"),
                    Entry.of(KAFKA_PROPERTIES, "map of texts", "{security.protocol: SASL_SSL}")
                            .allowed("Properties of Kafka's clients, except those [below](#kafka-properties)")));

    private static final OptionGroup TIME_GROUP = new OptionGroup(
            "How it judges and counts",
            "The *series clock* is the greatest event time that the series, one metric of one sensor, has accepted.",
            List.of(
                    Entry.of(TIME_DISORDER, "duration, whole microseconds", "1 min")
                            .range("0", "36500 d", "1 micro"),
                    Entry.of(TIME_LATENESS, "duration, whole microseconds", "2 h")
                            .allowed("At least `weir.time.disorder`. A metric may have its own, in the catalog.")
                            .range(null, "36500 d", "1 micro")
                            .onRestore(
                                    NEW_GENERATION,
                                    "A longer lateness does not lower the [floor](glossary.md#floor), so what was already too"
                                            + " late stays so."),
                    Entry.of(TIME_FUTURE_SKEW, "duration, whole microseconds", "1 min")
                            .range("0", "36500 d", "1 micro")
                            .onRestore(NEW_GENERATION, ""),
                    Entry.of(TIME_IDLE_FLUSH, "duration, whole milliseconds", "2 min")
                            .range("1 ms", "36500 d", "1 ms"),
                    Entry.of(TIME_EARLIEST, "date or instant", "2020-01-01")
                            .allowed("An ISO date (its midnight in UTC) or an ISO instant, in the years 0001 to 9999")
                            .onRestore(NEW_GENERATION, ""),
                    Entry.of(WINDOWS, "list of durations, whole seconds", "[5 min, 1 d]")
                            .range("1 s", "24855 d", "1 s")
                            .allowed("Each size once, and at least one.")
                            .onRestore(
                                    TAKES_EFFECT,
                                    "For each series, the first window of an added size is the first one that starts after the"
                                            + " series clock at the restore, so none of them is incomplete. The open windows of a"
                                            + " removed size are emitted and dropped when the series is next processed; its rows stay."),
                    Entry.of(STATE_RETENTION, "duration, whole milliseconds", "90 d")
                            .allowed("At least `weir.time.idle-flush`")
                            .range(null, "36500 d", "1 ms")));

    private static final OptionGroup LAKE_GROUP = new OptionGroup(
            "Where it writes: the lake",
            "At least one of `weir.lake.path` and `weir.postgres.url` has to be set.",
            List.of(
                    Entry.of(LAKE_PATH, "path or URI", "s3://bucket/lake")
                            .allowed("Absolute, on a file system that can commit files; no password in it")
                            .onRestore(
                                    TAKES_EFFECT,
                                    "Files of the old path stay there, and files that were pending in the savepoint are committed there. "
                                            + SINK),
                    Entry.of(LAKE_COMPRESSION, "word", "snappy"),
                    Entry.of(LAKE_MAX_OPEN_FILES, "number of files", "200").range("1", null, "1")));

    private static final OptionGroup POSTGRES_GROUP = new OptionGroup(
            "Where it writes: PostgreSQL",
            "[postgres.md](postgres.md) describes the tables and the rights of the role.",
            List.of(
                    Entry.of(POSTGRES_URL, "JDBC URL", "jdbc:postgresql://localhost:5432/weir")
                            .allowed("`jdbc:postgresql://host:port/database`, without user and password")
                            .onRestore(TAKES_EFFECT, SINK),
                    Entry.of(POSTGRES_USER, "text", "weir"),
                    Entry.of(POSTGRES_PASSWORD, "text, secret", "${env:WEIR_POSTGRES_PASSWORD}")
                            .allowed(SECRET),
                    Entry.of(POSTGRES_PASSWORD_FILE, "path", "/run/secrets/weir-postgres"),
                    Entry.of(POSTGRES_SCHEMA, "text", "sensors")
                            .allowed("1 to 63 letters, digits, `_` and `$`, the first one a letter or `_`; not `pg_…`")
                            .onRestore(TAKES_EFFECT, "Rows of the old schema stay there."),
                    Entry.of(POSTGRES_DELIVERY, "word", "at-least-once")
                            .onRestore(
                                    TAKES_EFFECT,
                                    "Each has a state of its own: [upgrading.md](upgrading.md#removing-a-sink-or-changing-the-delivery)."),
                    Entry.of(POSTGRES_MIGRATE, "true or false", "false"),
                    Entry.of(POSTGRES_MAX_PENDING, "size in bytes, for each subtask", "1 gb")
                            .range("1 kb", null, "1 b"),
                    Entry.of(FILES_RETENTION, "duration", "30 d").range("1 d", "36500 d", "1 ms")));

    private static final OptionGroup DEAD_LETTER_GROUP = new OptionGroup(
            "Where it writes: dead letters",
            "[dead-letters.md](dead-letters.md) describes the records and how to read them.",
            List.of(
                    Entry.of(DEAD_LETTER_TOPIC, "text", "sensors-rejected")
                            .absent("the input topic and `-dlq`; **required** with several topics or a pattern")
                            .allowed(A_TOPIC + " Not an input."),
                    Entry.of(DEAD_LETTER_PAYLOAD, "word", "reading")));

    private static final OptionGroup RESTORE_GROUP = new OptionGroup(
            "How it restores",
            "[upgrading.md](upgrading.md) describes stops and starts with state, and the way back.",
            List.of(Entry.of(RESTORE_REWIND, "true or false", "true")
                    .onRestore(TAKES_EFFECT, "Remove it after the rewind: it would allow the next one as well.")));

    /** All options in the order in which a user needs them. */
    public static final List<OptionGroup> GROUPS = List.of(
            PIPELINE_GROUP,
            KAFKA_GROUP_OF_OPTIONS,
            TIME_GROUP,
            LAKE_GROUP,
            POSTGRES_GROUP,
            DEAD_LETTER_GROUP,
            RESTORE_GROUP);

    private OptionReference() {}

    /** Returns the properties of Kafka's clients that the job sets itself and refuses, with what to do instead. */
    public static Map<String, String> kafkaPropertiesOfTheJob() {
        return KafkaOptions.OWN_PROPERTIES;
    }

    /** Returns the settings of Flink's that have one value only. */
    public static List<RequiredSetting<?>> requiredSettings() {
        List<RequiredSetting<?>> settings = new ArrayList<>(RequiredSetting.SWITCHES);
        settings.add(0, RequiredSetting.RUNTIME_MODE);
        settings.add(1, RequiredSetting.CHECKPOINTING_MODE);
        return List.copyOf(settings);
    }

    /** Returns an option's default as a person would set it; empty for none. */
    public static String defaultOf(Entry entry) {
        return DefaultText.of(entry.option());
    }
}

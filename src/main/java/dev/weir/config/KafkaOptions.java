package dev.weir.config;

import static dev.weir.config.WeirOptions.KAFKA_BOOTSTRAP_SERVERS;
import static dev.weir.config.WeirOptions.KAFKA_GROUP;
import static dev.weir.config.WeirOptions.KAFKA_PROPERTIES;
import static dev.weir.config.WeirOptions.KAFKA_START;
import static dev.weir.config.WeirOptions.KAFKA_STOP;
import static dev.weir.config.WeirOptions.KAFKA_TOPICS;
import static dev.weir.config.WeirOptions.KAFKA_TOPIC_PATTERN;

import dev.weir.config.WeirConfig.Start;
import dev.weir.config.WeirConfig.Stop;
import dev.weir.core.catalog.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flink.configuration.ConfigOption;

/** Reads and checks {@code weir.kafka.*}. */
final class KafkaOptions {
    private static final Pattern SERVER =
            Pattern.compile("([A-Za-z_]+://)?(\\[[0-9a-fA-F:.%]+]|[^\\s\\[\\]:,/]+):[0-9]{1,5}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final String LIST_CURE = "write [a, b] or a; b";
    private static final String INSTANT_CURE = ", or an ISO instant such as 2026-03-01T00:00:00Z";
    /** Kafka's syntax for a value that a config provider supplies. */
    private static final Pattern REFERENCES = Pattern.compile("\\s*(\\$\\{[^}]*}\\s*)+");
    /** Client properties that the job sets itself, and the option to use. */
    static final Map<String, String> OWN_PROPERTIES = Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(
            Map.entry("bootstrap.servers", "set weir.kafka.bootstrap-servers"),
            Map.entry("group.id", "set weir.kafka.group"),
            Map.entry("auto.offset.reset", "set weir.kafka.start"),
            Map.entry("enable.auto.commit", "remove it: offsets are committed with checkpoints"),
            Map.entry("transactional.id", "remove it: it is made from weir.pipeline"),
            Map.entry("acks", "remove it: dead letters are written with acks=all"),
            Map.entry("enable.idempotence", "remove it: a transaction needs it, and it is on"),
            Map.entry("retries", "remove it: a transaction needs them, and delivery.timeout.ms bounds them"),
            Map.entry("key.deserializer", "remove it: the catalog says how events are decoded"),
            Map.entry("value.deserializer", "remove it: the catalog says how events are decoded"),
            Map.entry("key.serializer", "remove it: dead letters are the original bytes"),
            Map.entry("value.serializer", "remove it: dead letters are the original bytes"))));

    private final OptionReader options;

    KafkaOptions(OptionReader options) {
        this.options = options;
    }

    WeirConfig.Kafka read(String pipeline) {
        String group = options.text(KAFKA_GROUP);
        Start start = start();
        Stop stop = stop();
        if (start != null && stop != null && start.instant() != null && stop.instant() != null) {
            if (!start.instant().isBefore(stop.instant())) {
                String message = "must be after weir.kafka.start (" + start.instant() + "), got " + stop.instant();
                options.problem(KAFKA_STOP, message, "write a later instant, or never");
            }
        }
        String servers = servers();
        List<String> topics = topics();
        String pattern = pattern();
        boolean topicsSet = options.source().isSet(KAFKA_TOPICS.key()) && !topics.isEmpty();
        if (topicsSet && pattern != null) {
            options.problem(KAFKA_TOPIC_PATTERN, "and weir.kafka.topics are both set", "keep one of the two");
        } else if (!topicsSet && options.text(KAFKA_TOPIC_PATTERN) == null) {
            options.problem(KAFKA_TOPICS, "is missing", "set it, or weir.kafka.topic-pattern");
        }
        return new WeirConfig.Kafka(
                servers, topics, pattern, group == null ? pipeline : group, start, stop, properties());
    }

    private String servers() {
        String servers = options.text(KAFKA_BOOTSTRAP_SERVERS);
        if (servers == null) {
            options.problem(
                    KAFKA_BOOTSTRAP_SERVERS,
                    "is missing",
                    "set it to host:port of a broker, for instance localhost:9092");
            return null;
        }
        for (String server : servers.split(",", -1)) {
            if (!SERVER.matcher(server.trim()).matches()) {
                String message = "is wrong: \"" + server.trim() + "\" is not host:port";
                options.problem(KAFKA_BOOTSTRAP_SERVERS, message, "write for instance kafka-1:9092,kafka-2:9092");
            } else if (port(server) < 1 || port(server) > 65_535) {
                String message = "is wrong: the port of \"" + server.trim() + "\" is not one of 1 to 65535";
                options.problem(KAFKA_BOOTSTRAP_SERVERS, message, "write the port that the broker listens on");
            }
        }
        return servers;
    }

    private static int port(String server) {
        return Integer.parseInt(server.trim().substring(server.trim().lastIndexOf(':') + 1));
    }

    private List<String> topics() {
        List<String> topics = options.texts(KAFKA_TOPICS);
        Set<String> seen = new HashSet<>();
        for (String topic : topics) {
            if (topic.indexOf(',') >= 0) {
                options.problem(KAFKA_TOPICS, "is wrong: topic name \"" + topic + "\" has a comma", LIST_CURE);
            } else {
                checkTopic(options, KAFKA_TOPICS, topic);
            }
            if (!seen.add(topic)) {
                options.problem(KAFKA_TOPICS, "names topic " + topic + " twice", "keep one of the two");
            }
        }
        return List.copyOf(topics);
    }

    /** Adds a problem unless Kafka allows the name. */
    static void checkTopic(OptionReader options, ConfigOption<?> option, String topic) {
        if (!isTopic(topic)) {
            String message = "is wrong: \"" + topic + "\" is not a topic name";
            options.problem(option, message, "use 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-'");
        }
    }

    static boolean isTopic(String topic) {
        return TOPIC.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..");
    }

    private String pattern() {
        String pattern = options.text(KAFKA_TOPIC_PATTERN);
        if (pattern == null) {
            return null;
        }
        try {
            return Pattern.compile(pattern).pattern();
        } catch (PatternSyntaxException e) {
            String message = "is wrong: \"" + pattern + "\" is not a regular expression (" + e.getDescription() + ")";
            options.problem(KAFKA_TOPIC_PATTERN, message, "write for instance sensors-.*");
            return null;
        }
    }

    private Start start() {
        String text = options.text(KAFKA_START);
        if (text == null || Ascii.equalsIgnoreCase(text, "committed-or-earliest")) {
            return new Start(Start.Mode.COMMITTED_OR_EARLIEST, null);
        }
        if (Ascii.equalsIgnoreCase(text, "earliest")) {
            return new Start(Start.Mode.EARLIEST, null);
        }
        if (Ascii.equalsIgnoreCase(text, "latest")) {
            return new Start(Start.Mode.LATEST, null);
        }
        Instant instant = instant(KAFKA_START, text, "allowed: committed-or-earliest, earliest, latest" + INSTANT_CURE);
        return instant == null ? null : new Start(Start.Mode.AT, instant);
    }

    private Stop stop() {
        String text = options.text(KAFKA_STOP);
        if (text == null || Ascii.equalsIgnoreCase(text, "never")) {
            return new Stop(Stop.Mode.NEVER, null);
        }
        if (Ascii.equalsIgnoreCase(text, "latest")) {
            return new Stop(Stop.Mode.LATEST, null);
        }
        Instant instant = instant(KAFKA_STOP, text, "allowed: never, latest" + INSTANT_CURE);
        return instant == null ? null : new Stop(Stop.Mode.AT, instant);
    }

    private Instant instant(ConfigOption<?> option, String text, String cure) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.toEpochMilli() >= 0) {
                return instant;
            }
            options.problem(option, "is wrong: \"" + text + "\" is before 1970", cure);
        } catch (DateTimeException | ArithmeticException e) {
            options.problem(option, "is wrong: \"" + text + "\" is not known", cure);
        }
        return null;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(KAFKA_PROPERTIES.defaultValue());
        try {
            properties.putAll(options.source().values().get(KAFKA_PROPERTIES));
        } catch (IllegalArgumentException e) {
            options.problem(KAFKA_PROPERTIES, "is not a map", "write weir.kafka.properties.<name>: <value>");
        }
        OWN_PROPERTIES.forEach((name, cure) -> {
            if (properties.containsKey(name)) {
                options.problem(KAFKA_PROPERTIES.key() + "." + name, "is set by the job", cure);
            }
        });
        properties.forEach((name, value) -> {
            String key = KAFKA_PROPERTIES.key() + "." + name;
            if (Secrets.isShownByFlink(key) && !REFERENCES.matcher(value).matches()) {
                String message = "must not hold the secret itself: Flink would show it in its web UI and its logs";
                options.problem(key, message, "write ${file:/path:key}, ${dir:/path:file} or ${env:NAME}");
            }
        });
        KafkaPropertyTypes.check(options, properties);
        String isolation = properties.get("isolation.level");
        if (!isolation.equals("read_committed") && !isolation.equals("read_uncommitted")) {
            String key = KAFKA_PROPERTIES.key() + ".isolation.level";
            options.problem(
                    key, "is wrong: \"" + isolation + "\" is not known", "allowed: read_committed, read_uncommitted");
        }
        return new TreeMap<>(properties);
    }
}

package dev.weir.config;

import static dev.weir.config.WeirOptions.DEAD_LETTER_PAYLOAD;
import static dev.weir.config.WeirOptions.DEAD_LETTER_TOPIC;
import static dev.weir.config.WeirOptions.FILES_RETENTION;
import static dev.weir.config.WeirOptions.LAKE_COMPRESSION;
import static dev.weir.config.WeirOptions.LAKE_MAX_OPEN_FILES;
import static dev.weir.config.WeirOptions.LAKE_PATH;
import static dev.weir.config.WeirOptions.POSTGRES_DELIVERY;
import static dev.weir.config.WeirOptions.POSTGRES_MAX_PENDING;
import static dev.weir.config.WeirOptions.POSTGRES_MIGRATE;
import static dev.weir.config.WeirOptions.POSTGRES_PASSWORD;
import static dev.weir.config.WeirOptions.POSTGRES_PASSWORD_FILE;
import static dev.weir.config.WeirOptions.POSTGRES_SCHEMA;
import static dev.weir.config.WeirOptions.POSTGRES_URL;
import static dev.weir.config.WeirOptions.POSTGRES_USER;

import dev.weir.config.parse.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/** Reads and checks {@code weir.lake.*}, {@code weir.postgres.*} and {@code weir.dead-letter.*}. */
final class SinkOptions {
    /** URL parameters that would override what {@code Connections} sets. */
    private static final Pattern OURS = Pattern.compile(
            "(currentschema|user|options|sockettimeout|connecttimeout|applicationname|rewritebatchedinserts|stringtype)=.*");

    private static final String URL_PREFIX = "jdbc:postgresql:";
    private static final long LEAST_PENDING_BYTES = 1024;
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

    private final OptionReader options;

    SinkOptions(OptionReader options) {
        this.options = options;
    }

    /** Returns the lake, or null for none. Checks its other options in both cases. */
    WeirConfig.Lake lake() {
        String path = options.text(LAKE_PATH);
        WeirOptions.Compression compression = options.oneOf(LAKE_COMPRESSION);
        Integer maxOpenFiles = options.integer(LAKE_MAX_OPEN_FILES);
        if (maxOpenFiles != null && maxOpenFiles < 1) {
            options.problem(LAKE_MAX_OPEN_FILES, "must be >= 1, got " + maxOpenFiles, "write for instance 64");
        }
        if (path != null && Secrets.isInUserInfo(path)) {
            String cure = "set the file system's own options, for instance s3.access-key and s3.secret-key";
            options.problem(LAKE_PATH, "must not hold a password: it is shown in logs and in the web UI", cure);
        }
        if (path != null) {
            LakePath.check(options, path);
        }
        if (path == null || compression == null || maxOpenFiles == null) {
            return null;
        }
        return new WeirConfig.Lake(path, compression, maxOpenFiles);
    }

    /** Returns PostgreSQL's options, or null for none. Checks the others in both cases. */
    WeirConfig.Postgres postgres() {
        String url = options.text(POSTGRES_URL);
        if (url != null) {
            checkUrl(url);
        }
        String password = options.text(POSTGRES_PASSWORD);
        String passwordFile = options.text(POSTGRES_PASSWORD_FILE);
        if (password != null && passwordFile != null) {
            String message = "and weir.postgres.password are both set";
            options.problem(POSTGRES_PASSWORD_FILE, message, "keep one of the two, best the file");
        }
        String schema = options.text(POSTGRES_SCHEMA);
        if (schema == null || !SCHEMA.matcher(schema).matches()) {
            String cure = "begin with a letter or _, go on with letters, digits, _ and $, at most 63";
            options.problem(POSTGRES_SCHEMA, "is wrong: \"" + schema + "\" is not a plain name", cure);
        } else if (schema.startsWith("pg_") || schema.equals("information_schema")) {
            String message = "is wrong: \"" + schema + "\" is a name that PostgreSQL keeps for itself";
            options.problem(POSTGRES_SCHEMA, message, "name a schema of your own");
        }
        WeirConfig.Postgres.Delivery delivery = options.oneOf(POSTGRES_DELIVERY);
        Boolean migrate = options.bool(POSTGRES_MIGRATE);
        MemorySize maxPending = options.memory(POSTGRES_MAX_PENDING);
        if (maxPending != null && maxPending.getBytes() < LEAST_PENDING_BYTES) {
            String message = "must be at least 1 kb, got " + maxPending.getBytes() + " bytes: hardly a row would wait";
            options.problem(POSTGRES_MAX_PENDING, message, "write for instance 256 mb");
        }
        Duration filesRetention = options.wholeMillis(FILES_RETENTION);
        if (filesRetention != null && filesRetention.compareTo(LEAST_RETENTION) < 0) {
            String message = "must be >= 1 d, got " + Durations.format(filesRetention);
            options.problem(FILES_RETENTION, message, "write for instance 90 d");
        }
        if (url == null || migrate == null || maxPending == null || filesRetention == null) {
            return null;
        }
        return new WeirConfig.Postgres(
                url,
                options.text(POSTGRES_USER),
                password,
                passwordFile,
                schema,
                delivery,
                migrate,
                maxPending.getBytes(),
                filesRetention);
    }

    /** Checks the URL. Messages never repeat it, because it may contain a password. */
    private void checkUrl(String url) {
        if (!url.startsWith(URL_PREFIX)) {
            options.problem(
                    POSTGRES_URL, "must start with " + URL_PREFIX, "write " + URL_PREFIX + "//host:5432/database");
            return;
        }
        int query = url.indexOf('?');
        String place = url.substring(0, query < 0 ? url.length() : query);
        if (place.indexOf('@') >= 0) {
            options.problem(
                    POSTGRES_URL, "must not name a user before the host", "use weir.postgres.user and .password-file");
        } else if (!namesAPlace(place.substring(URL_PREFIX.length()))) {
            String cure = "write " + URL_PREFIX + "//host:5432/database, with ports from 1 to 65535";
            options.problem(POSTGRES_URL, "is not a URL that PostgreSQL's driver understands", cure);
        }
        for (String parameter :
                query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
            String lower = parameter.toLowerCase(Locale.ROOT);
            if (OURS.matcher(lower).matches()) {
                String name = parameter.substring(0, parameter.indexOf('='));
                options.problem(
                        POSTGRES_URL,
                        "must not set " + name + ": it would override what Weir sets",
                        "remove it; the schema is weir.postgres.schema, the user weir.postgres.user");
            } else if (Pattern.matches("[a-z]*password(=.*)?", lower)) {
                String cure = "remove it and set weir.postgres.password-file or weir.postgres.password";
                options.problem(POSTGRES_URL, "must not hold a password", cure);
            }
        }
    }

    /** Returns whether the driver understands the text: {@code //host:port,…/database}, or a database of this machine. */
    private static boolean namesAPlace(String place) {
        if (!place.startsWith("/")) {
            return true;
        }
        int end = place.startsWith("//") ? place.indexOf('/', 2) : -1;
        return (end >= 0
                        && Arrays.stream(place.substring(2, end).split(",", -1)).allMatch(SinkOptions::hasGoodPort))
                || place.equals("//");
    }

    private static boolean hasGoodPort(String host) {
        int colon = host.indexOf(':', host.indexOf(']') + 1);
        String port = colon < 0 ? "5432" : host.substring(colon + 1);
        return port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65_535;
    }

    /** Returns where rejects go; null if it is neither set nor follows from the input topic. */
    WeirConfig.DeadLetters deadLetters(WeirConfig.Kafka kafka) {
        WeirConfig.DeadLetters.Payload payload = options.oneOf(DEAD_LETTER_PAYLOAD);
        String topic = options.text(DEAD_LETTER_TOPIC);
        Set<String> inputs = new HashSet<>(kafka.topics());
        if (topic == null) {
            if (inputs.isEmpty() ? kafka.topicPattern() != null : inputs.size() > 1) {
                String message = "is missing: several topics or a pattern have no default";
                options.problem(DEAD_LETTER_TOPIC, message, "set it, for instance to <pipeline>-dlq");
            }
            // A bad input topic is reported itself, so the name derived from it is not.
            if (inputs.size() != 1 || !KafkaOptions.isTopic(kafka.topics().get(0))) {
                return null;
            }
        }
        String name = topic == null ? kafka.topics().get(0) + "-dlq" : topic;
        KafkaOptions.checkTopic(options, DEAD_LETTER_TOPIC, name);
        if (kafka.topics().contains(name)) {
            options.problem(
                    DEAD_LETTER_TOPIC, "is also an input: " + name, "name a topic that is not in weir.kafka.topics");
        }
        if (kafka.topicPattern() != null && Pattern.matches(kafka.topicPattern(), name)) {
            String message =
                    "is also an input: " + name + " matches weir.kafka.topic-pattern (" + kafka.topicPattern() + ")";
            options.problem(DEAD_LETTER_TOPIC, message, "name a topic that the pattern does not match");
        }
        return new WeirConfig.DeadLetters(name, payload);
    }
}

package dev.weir.config;

import static dev.weir.config.WeirOptions.DEAD_LETTER_PAYLOAD;
import static dev.weir.config.WeirOptions.DEAD_LETTER_TOPIC;
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

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;

/** Reads and checks {@code weir.lake.*}, {@code weir.postgres.*} and {@code weir.dead-letter.*}. */
final class SinkOptions {
    /** Parameters of the URL that the driver would prefer to what {@code Connections} sets. */
    private static final Pattern OURS = Pattern.compile(
            "(currentschema|user|options|sockettimeout|connecttimeout|applicationname|rewritebatchedinserts)=.*");

    private static final String URL_PREFIX = "jdbc:postgresql:";
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

    private final OptionReader options;

    SinkOptions(OptionReader options) {
        this.options = options;
    }

    /** The lake, or null for none. Its other options are checked either way. */
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
        if (path == null || compression == null || maxOpenFiles == null) {
            return null;
        }
        return new WeirConfig.Lake(path, compression.toString(), maxOpenFiles);
    }

    /** PostgreSQL, or null for none. Its other options are checked either way. */
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
        }
        WeirConfig.Postgres.Delivery delivery = options.oneOf(POSTGRES_DELIVERY);
        Boolean migrate = options.bool(POSTGRES_MIGRATE);
        MemorySize maxPending = options.memory(POSTGRES_MAX_PENDING);
        if (maxPending != null && maxPending.getBytes() < 1) {
            options.problem(POSTGRES_MAX_PENDING, "must be more than 0 bytes, got 0", "write for instance 256 mb");
        }
        if (url == null || migrate == null || maxPending == null) {
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
                maxPending.getBytes());
    }

    /** The messages never repeat the URL: it may hold a password. */
    private void checkUrl(String url) {
        if (!url.startsWith(URL_PREFIX)) {
            options.problem(
                    POSTGRES_URL, "must start with " + URL_PREFIX, "write " + URL_PREFIX + "//host:5432/database");
            return;
        }
        int query = url.indexOf('?');
        if (url.substring(0, query < 0 ? url.length() : query).indexOf('@') >= 0) {
            options.problem(
                    POSTGRES_URL, "must not name a user before the host", "use weir.postgres.user and .password-file");
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

    /** Where rejects go; null when neither set nor to be told from the input. */
    WeirConfig.DeadLetters deadLetters(WeirConfig.Kafka kafka) {
        WeirConfig.DeadLetters.Payload payload = options.oneOf(DEAD_LETTER_PAYLOAD);
        String topic = options.text(DEAD_LETTER_TOPIC);
        Set<String> inputs = new HashSet<>(kafka.topics());
        if (topic == null) {
            if (inputs.isEmpty() ? kafka.topicPattern() != null : inputs.size() > 1) {
                String message = "is missing: several topics or a pattern have no default";
                options.problem(DEAD_LETTER_TOPIC, message, "set it, for instance to <pipeline>-dlq");
            }
            // A bad input topic has a problem of its own; its derived name needs none.
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

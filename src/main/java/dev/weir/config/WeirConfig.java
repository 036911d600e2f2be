package dev.weir.config;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.TimeSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The job's options and catalog, resolved and validated. The rest of the code knows the configuration only in this form.
 *
 * @param pipeline name of the pipeline
 * @param windows lengths of the windows, whole seconds, ascending, at least one
 * @param stateRetention silence after which a series shrinks to a tombstone, processing time
 * @param lake null for no lake
 * @param postgres null for no PostgreSQL
 * @param rewind whether a start from a savepoint older than what is committed is allowed
 */
public record WeirConfig(
        String pipeline,
        Kafka kafka,
        TimeSettings time,
        List<Duration> windows,
        Duration stateRetention,
        Lake lake,
        Postgres postgres,
        DeadLetters deadLetters,
        boolean rewind,
        Catalog catalog)
        implements Serializable {

    /**
     * @param topics empty when {@code topicPattern} is set
     * @param topicPattern regular expression; null when {@code topics} is set
     * @param properties passed to every Kafka client, secrets among them
     */
    public record Kafka(
            String bootstrapServers,
            List<String> topics,
            String topicPattern,
            String group,
            Start start,
            Stop stop,
            Map<String, String> properties)
            implements Serializable {

        /** Leaves out the properties, because they hold passwords. */
        @Override
        public String toString() {
            return "Kafka[" + bootstrapServers + ", " + (topicPattern == null ? topics : topicPattern) + "]";
        }
    }

    /** The position at which reading begins without restored state. {@code instant} is null unless the mode is AT. */
    public record Start(Mode mode, Instant instant) implements Serializable {
        public enum Mode {
            COMMITTED_OR_EARLIEST,
            EARLIEST,
            LATEST,
            AT
        }
    }

    /** The position at which reading ends. {@code instant} is null unless the mode is AT. */
    public record Stop(Mode mode, Instant instant) implements Serializable {
        public enum Mode {
            NEVER,
            LATEST,
            AT
        }

        /** Returns whether the run ends by itself. */
        public boolean bounded() {
            return mode != Mode.NEVER;
        }
    }

    /**
     * @param path URI on any Flink file system
     * @param maxOpenFiles greatest number of files that one writer has open at once
     */
    public record Lake(String path, WeirOptions.Compression compression, int maxOpenFiles) implements Serializable {}

    /**
     * @param password null for none or when {@code passwordFile} is set
     * @param passwordFile read again for each connection; null for none
     * @param maxPendingBytes per subtask
     * @param filesRetention how long weir_files keeps a row, at least a day
     */
    public record Postgres(
            String url,
            String user,
            String password,
            String passwordFile,
            String schema,
            Delivery delivery,
            boolean migrate,
            long maxPendingBytes,
            Duration filesRetention)
            implements Serializable {

        /** Creates the options with the default retention of files. */
        public Postgres(
                String url,
                String user,
                String password,
                String passwordFile,
                String schema,
                Delivery delivery,
                boolean migrate,
                long maxPendingBytes) {
            this(
                    url,
                    user,
                    password,
                    passwordFile,
                    schema,
                    delivery,
                    migrate,
                    maxPendingBytes,
                    WeirOptions.FILES_RETENTION.defaultValue());
        }

        /** Returns the value as the option is written. Flink compares an enum option with this text. */
        public enum Delivery {
            EXACTLY_ONCE,
            AT_LEAST_ONCE;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        /** Never prints the password. */
        @Override
        public String toString() {
            return "Postgres[" + url + ", " + user + ", " + schema + ", " + delivery + "]";
        }

        /** Returns the file to read the password from, or null. */
        public Path passwordPath() {
            return passwordFile == null ? null : Path.of(passwordFile);
        }
    }

    /** @param topic as configured, or the one input topic + {@code -dlq}; never an input topic */
    public record DeadLetters(String topic, Payload payload) implements Serializable {

        /** The content of a keyed reject. {@code toString} returns the value as the option is written. */
        public enum Payload {
            ORIGINAL,
            READING;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }
}

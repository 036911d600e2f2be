package dev.weir.config;

import dev.weir.config.parse.Durations;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The time for which a Kafka transaction of dead letters may have to stay open. The broker aborts an older one, and its letters are lost.
 *
 * <p>A transaction begins with the first letter after a checkpoint's barrier, and is committed when a later checkpoint completes. The
 * next checkpoint begins at most one <em>cycle</em> after the last one. A cycle is the interval, or a timeout and the pause after it. Each
 * tolerated failure adds a cycle. The checkpoint that finally completes may take its whole timeout, and a failure just before the commit
 * adds a restart. Trigger failures, which Flink does not count, and savepoints, which reset its count and commit nothing, can add more.
 * The writer of the dead letters therefore also compares the age of its transactions at each barrier ({@link #mayEnd}).
 *
 * @param restart time from a failure to the commit with which the next attempt begins
 * @param timeout {@code transaction.timeout.ms} of the producer
 */
public record TransactionLife(
        Duration interval,
        Duration minPause,
        Duration checkpointTimeout,
        int tolerableFailures,
        Duration restart,
        Duration timeout)
        implements Serializable {
    /** The options that the life depends on, besides the interval, the restart and the producer's timeout. */
    static final List<ConfigOption<?>> OPTIONS = List.of(
            CheckpointingOptions.CHECKPOINTING_TIMEOUT,
            CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
            CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);

    /** The default timeout of a checkpoint. Flink's own 10 min leave a transaction of 15 min no time for a restart. */
    public static final Duration DEFAULT_CHECKPOINT_TIMEOUT = Duration.ofMinutes(2);
    /** The producer's property that sets the timeout. */
    public static final String PROPERTY = "transaction.timeout.ms";
    /** The property's default, which is the most that a broker allows by default. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);
    /** Shorter checkpoint timeouts are not proposed, because no checkpoint under load would complete. */
    private static final Duration USEFUL_CHECKPOINT_TIMEOUT = Duration.ofSeconds(10);

    static final String OPTION = WeirOptions.KAFKA_PROPERTIES.key() + "." + PROPERTY;

    /**
     * Returns the life under these options.
     *
     * @param properties of the Kafka clients
     * @throws IllegalArgumentException for a value of the wrong type
     */
    public static TransactionLife of(ReadableConfig flink, Map<String, String> properties) {
        return new TransactionLife(
                bounded(flink.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .orElse(Duration.ZERO)),
                bounded(flink.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS)),
                bounded(flink.getOptional(CheckpointingOptions.CHECKPOINTING_TIMEOUT)
                        .orElse(DEFAULT_CHECKPOINT_TIMEOUT)),
                Math.max(0, flink.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)),
                bounded(RestartTime.of(flink)),
                timeout(properties));
    }

    /** Limits a duration so that the sums below do not overflow. */
    private static Duration bounded(Duration duration) {
        return duration.compareTo(Durations.MAX) < 0 ? duration : Durations.MAX;
    }

    /**
     * Returns how long the broker keeps a transaction open.
     *
     * @throws IllegalArgumentException if the property is no number of milliseconds that Kafka takes; the message leaves out its name
     */
    public static Duration timeout(Map<String, String> properties) {
        String text = properties.get(PROPERTY);
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        try {
            int millis = Integer.parseInt(text.trim());
            if (millis > 0) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private static String wrong(String text) {
        return "must be a number of milliseconds from 1 to " + Integer.MAX_VALUE + ", got " + text;
    }

    /** Returns the longest time for which a transaction may have to stay open. */
    public Duration longest() {
        return cycle().multipliedBy(tolerableFailures + 1L)
                .plus(checkpointTimeout)
                .plus(restart);
    }

    /** Returns whether every transaction is committed before the broker aborts it. */
    public boolean isSafe() {
        return longest().compareTo(timeout) < 0;
    }

    /**
     * Returns whether the broker may abort a transaction of that age before the current checkpoint has completed and,
     * after a restart, committed it.
     */
    public boolean mayEnd(Duration age) {
        return age.plus(checkpointTimeout).plus(restart).compareTo(timeout) >= 0;
    }

    private Duration cycle() {
        Duration afterTimeout = checkpointTimeout.plus(minPause);
        return afterTimeout.compareTo(interval) > 0 ? afterTimeout : interval;
    }

    /** Returns the same life with another timeout, such as the broker's limit. */
    public TransactionLife with(Duration otherTimeout) {
        return new TransactionLife(interval, minPause, checkpointTimeout, tolerableFailures, restart, otherTimeout);
    }

    /** Describes the options that {@link #longest} is the sum of. */
    public String reason() {
        return "execution.checkpointing.timeout " + Durations.format(checkpointTimeout)
                + ", .tolerable-failed-checkpoints " + tolerableFailures
                + ", .interval " + Durations.format(interval)
                + ", .min-pause " + Durations.format(minPause)
                + " and a restart of up to " + Durations.format(restart);
    }

    /** Describes the changes that would make transactions of this timeout suffice. Each alone is enough. */
    public String cure() {
        List<String> ways = new ArrayList<>();
        Duration checkpoint = longestCheckpoint();
        if (checkpoint.compareTo(USEFUL_CHECKPOINT_TIMEOUT) >= 0) {
            ways.add("lower execution.checkpointing.timeout to " + Durations.format(checkpoint));
        }
        long failures = mostFailures();
        if (failures >= 0) {
            ways.add("lower execution.checkpointing.tolerable-failed-checkpoints to " + failures);
        }
        if (ways.isEmpty()) {
            ways.add(
                    "lower execution.checkpointing.interval, .min-pause and .timeout, and the delay of restart-strategy");
        }
        return String.join(", or ", ways);
    }

    private Duration longestCheckpoint() {
        long cycles = tolerableFailures + 1L;
        Duration room = timeout.minus(restart).minusSeconds(1);
        Duration untilInterval = room.minus(interval.multipliedBy(cycles));
        Duration alone = room.minus(minPause.multipliedBy(cycles)).dividedBy(cycles + 1);
        Duration least = untilInterval.compareTo(alone) < 0 ? untilInterval : alone;
        return Duration.ofSeconds(least.toSeconds());
    }

    private long mostFailures() {
        Duration room = timeout.minus(restart).minus(checkpointTimeout).minusMillis(1);
        return room.isNegative() || cycle().isZero() ? -1 : room.dividedBy(cycle()) - 1;
    }
}

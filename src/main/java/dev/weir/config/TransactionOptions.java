package dev.weir.config;

import dev.weir.config.parse.Durations;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.RestartStrategyOptions;

/** Refuses checkpoints and restarts that may last longer than a Kafka transaction of dead letters. */
final class TransactionOptions {
    private static final String LIMIT = "the brokers' transaction.max.timeout.ms (900000 by default) must allow it";

    private final OptionReader options;

    TransactionOptions(OptionReader options) {
        this.options = options;
    }

    /** @param properties of the Kafka clients */
    void check(Map<String, String> properties) {
        boolean readable = isTimeout(properties);
        for (ConfigOption<?> option : TransactionLife.OPTIONS) {
            readable &= FlinkOptions.isOfItsType(options, option);
        }
        for (ConfigOption<?> option : RestartTime.OPTIONS) {
            readable &= FlinkOptions.isOfItsType(options, option);
        }
        if (!readable || !isStrategy()) {
            return;
        }
        TransactionLife life = TransactionLife.of(options.source().values(), properties);
        if (!life.isSafe()) {
            options.problem(place(), TransactionLife.OPTION, tooShort(life), cure(life));
        }
    }

    private boolean isTimeout(Map<String, String> properties) {
        try {
            TransactionLife.timeout(properties);
            return true;
        } catch (IllegalArgumentException e) {
            options.problem(TransactionLife.OPTION, e.getMessage(), "write for instance 900000");
            return false;
        }
    }

    private boolean isStrategy() {
        try {
            RestartTime.of(options.source().values());
            return true;
        } catch (IllegalArgumentException e) {
            options.problem(
                    RestartStrategyOptions.RESTART_STRATEGY,
                    "is wrong: " + e.getMessage(),
                    "write exponential-delay, fixed-delay, failure-rate or none");
            return false;
        }
    }

    private static String tooShort(TransactionLife life) {
        return "must be longer than " + life.longest().toMillis() + ", got "
                + life.timeout().toMillis() + " (" + Durations.format(life.timeout())
                + "): a transaction of dead letters may have to last " + Durations.format(life.longest()) + " with "
                + life.reason() + "; the broker aborts an older one, and its dead letters are lost";
    }

    private static String cure(TransactionLife life) {
        return life.cure() + ", or raise " + TransactionLife.PROPERTY + "; " + LIMIT;
    }

    /** Returns the first of the options that is set, because that one should be changed. */
    private String place() {
        return Stream.of(
                        TransactionLife.OPTION,
                        CheckpointingOptions.CHECKPOINTING_TIMEOUT.key(),
                        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER.key())
                .filter(options.source()::isSet)
                .findFirst()
                .orElse(CheckpointingOptions.CHECKPOINTING_INTERVAL.key());
    }
}

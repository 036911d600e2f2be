package dev.weir.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** Refuses what Flink allows and Weir's promises do not survive. */
final class FlinkOptions {
    /** The options that are judged here, for the report. */
    static final List<ConfigOption<?>> JUDGED = List.of(
            ExecutionOptions.RUNTIME_MODE,
            CheckpointingOptions.CHECKPOINTING_INTERVAL,
            CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
            CheckpointingOptions.CHECKPOINTING_TIMEOUT,
            CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
            CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
            CheckpointingOptions.ENABLE_UNALIGNED,
            CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
            PipelineOptions.GENERIC_TYPES,
            PipelineOptions.AUTO_GENERATE_UIDS);

    private final OptionReader options;

    FlinkOptions(OptionReader options) {
        this.options = options;
    }

    /** @return whether the interval of checkpoints can be read */
    boolean check() {
        RuntimeExecutionMode mode = get(ExecutionOptions.RUNTIME_MODE);
        if (mode != null && mode != RuntimeExecutionMode.STREAMING) {
            String message = "must be STREAMING, got " + mode + ": batch sorts each series anew and keeps no books";
            String cure = "remove it; for a run that ends by itself set weir.kafka.stop";
            options.problem(ExecutionOptions.RUNTIME_MODE, message, cure);
        }
        refuseIfSet(
                CheckpointingOptions.ENABLE_UNALIGNED,
                true,
                "unaligned checkpoints let counts pass the records that they count, so the books would not balance");
        refuseIfSet(
                PipelineOptions.GENERIC_TYPES,
                true,
                "a type that falls back to Kryo cannot be restored by a later version");
        refuseIfSet(
                PipelineOptions.AUTO_GENERATE_UIDS, true, "state under a generated uid is lost when the graph changes");
        refuseIfSet(
                CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                false,
                "without the last checkpoint the end of a bounded input is never committed");
        mode();
        return interval();
    }

    private boolean interval() {
        Duration interval = get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        boolean set = options.source().isSet(CheckpointingOptions.CHECKPOINTING_INTERVAL.key());
        if (!set || (interval != null && interval.isZero())) {
            String message = set ? "must be longer than 0, got 0" : "is missing";
            options.problem(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL,
                    message + ": the sinks commit at checkpoints",
                    "set it, for instance to 10 s");
        }
        return interval != null || !set;
    }

    private void mode() {
        CheckpointingMode mode = get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE);
        if (mode != null && mode != CheckpointingMode.EXACTLY_ONCE) {
            String message = "must be EXACTLY_ONCE, got " + mode + ": a restart would repeat readings";
            options.problem(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, message, "remove it");
        }
    }

    /** Under its own key or an older one that Flink still follows. */
    private void refuseIfSet(ConfigOption<Boolean> option, boolean refused, String reason) {
        List<String> keys = new ArrayList<>(List.of(option.key()));
        option.fallbackKeys().forEach(older -> keys.add(older.getKey()));
        for (String key : keys) {
            ConfigOption<Boolean> written = ConfigOptions.key(key).booleanType().noDefaultValue();
            Boolean value = options.source().isSet(key) ? get(written) : null;
            if (value != null && value == refused) {
                options.problem(written, "must not be " + refused + ": " + reason, "remove it, or write " + !refused);
            }
        }
    }

    /** Whether the option has no value or one that Flink can read; otherwise there is a problem more. */
    static boolean isOfItsType(OptionReader options, ConfigOption<?> option) {
        try {
            options.source().values().getOptional(option);
            return true;
        } catch (IllegalArgumentException e) {
            wrongType(options, option);
            return false;
        }
    }

    private static void wrongType(OptionReader options, ConfigOption<?> option) {
        String text = options.source().values().getString(option.key(), "");
        options.problem(
                option, "is wrong: \"" + text + "\" is not of its type", "see Flink's documentation of the option");
    }

    private <T> T get(ConfigOption<T> option) {
        try {
            return options.source().values().get(option);
        } catch (IllegalArgumentException e) {
            wrongType(options, option);
            return null;
        }
    }
}

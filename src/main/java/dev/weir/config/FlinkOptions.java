package dev.weir.config;

import dev.weir.config.parse.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.util.DynamicCodeLoadingException;

/** Refuses values that Flink allows but that would break Weir's guarantees. */
final class FlinkOptions {
    /** The options that are checked here, for the report. */
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
            PipelineOptions.AUTO_GENERATE_UIDS,
            PipelineOptions.OPERATOR_CHAINING);

    /** Flink's own bound, because it stores the number of a key group in 15 bits. */
    private static final int LARGEST_MAX_PARALLELISM = 32_768;
    /** Flink's own bound for interval and timeout of checkpoints. */
    private static final Duration SHORTEST_CHECKPOINT_TIME = Duration.ofMillis(10);

    private final OptionReader options;

    FlinkOptions(OptionReader options) {
        this.options = options;
    }

    /** @return whether the interval of checkpoints can be read */
    boolean check() {
        RuntimeExecutionMode mode = get(ExecutionOptions.RUNTIME_MODE);
        if (mode != null && mode != RequiredSetting.RUNTIME_MODE.value()) {
            String message = "must be STREAMING, got " + mode + ": " + RequiredSetting.RUNTIME_MODE.reason();
            String cure = "remove it; for a run that ends by itself set weir.kafka.stop";
            options.problem(ExecutionOptions.RUNTIME_MODE, message, cure);
        }
        RequiredSetting.SWITCHES.forEach(this::require);
        parallelism();
        atLeast(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
        atLeast(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 0);
        atLeast(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 1);
        stateBackend();
        mode();
        return interval();
    }

    private void parallelism() {
        atLeast(CoreOptions.DEFAULT_PARALLELISM, 1);
        atLeast(PipelineOptions.MAX_PARALLELISM, 1);
        Integer parallelism = getIfSet(CoreOptions.DEFAULT_PARALLELISM);
        Integer most = getIfSet(PipelineOptions.MAX_PARALLELISM);
        if (most != null && most > LARGEST_MAX_PARALLELISM) {
            options.problem(
                    PipelineOptions.MAX_PARALLELISM,
                    "must be at most " + LARGEST_MAX_PARALLELISM + ", got " + most,
                    "write for instance " + WeirOptions.DEFAULT_MAX_PARALLELISM + ", the default");
        }
        int bound = most == null ? WeirOptions.DEFAULT_MAX_PARALLELISM : most;
        if (parallelism != null && parallelism > bound && bound >= 1) {
            options.problem(
                    CoreOptions.DEFAULT_PARALLELISM,
                    "must be at most pipeline.max-parallelism (" + bound + "), got " + parallelism,
                    "lower it: the greatest useful value is the number of partitions of the input");
        }
    }

    private void atLeast(ConfigOption<Integer> option, int least) {
        Integer value = getIfSet(option);
        if (value != null && value < least) {
            options.problem(option, "must be at least " + least + ", got " + value, "raise it or remove it");
        }
    }

    private void stateBackend() {
        try {
            // Does not open the backend. An unknown name would fail each attempt of the job.
            var unused = StateBackendLoader.loadStateBackendFromConfig(
                    options.source().values(), FlinkOptions.class.getClassLoader(), null);
        } catch (DynamicCodeLoadingException | IOException | RuntimeException e) {
            String message = "is wrong: Flink cannot load \"" + get(StateBackendOptions.STATE_BACKEND) + "\"";
            options.problem(StateBackendOptions.STATE_BACKEND, message, "write rocksdb or hashmap");
        }
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
        notTooShort(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        notTooShort(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
        return interval != null || !set;
    }

    private void mode() {
        CheckpointingMode mode = get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE);
        if (mode != null && mode != RequiredSetting.CHECKPOINTING_MODE.value()) {
            String message = "must be EXACTLY_ONCE, got " + mode + ": " + RequiredSetting.CHECKPOINTING_MODE.reason();
            options.problem(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, message, "remove it");
        }
    }

    private void notTooShort(ConfigOption<Duration> option) {
        Duration value = getIfSet(option);
        if (value != null && !value.isZero() && value.compareTo(SHORTEST_CHECKPOINT_TIME) < 0) {
            String message = "must be at least " + Durations.format(SHORTEST_CHECKPOINT_TIME) + ", got ";
            options.problem(option, message + Durations.format(value), "write for instance 10 s");
        }
    }

    private <T> T getIfSet(ConfigOption<T> option) {
        return options.source().isSet(option.key()) ? get(option) : null;
    }

    /** Refuses the other value, under the option's own key or a deprecated one that Flink still reads. */
    private void require(RequiredSetting<Boolean> setting) {
        boolean refused = !setting.value();
        List<String> keys = new ArrayList<>(List.of(setting.option().key()));
        setting.option().fallbackKeys().forEach(older -> keys.add(older.getKey()));
        for (String key : keys) {
            ConfigOption<Boolean> written = ConfigOptions.key(key).booleanType().noDefaultValue();
            Boolean value = options.source().isSet(key) ? get(written) : null;
            if (value != null && value == refused) {
                options.problem(
                        written, "must not be " + refused + ": " + setting.reason(), "remove it, or write " + !refused);
            }
        }
    }

    /** Returns whether the option is not set or has a value that Flink can read. Otherwise {@link FlinkKeys} has reported it. */
    static boolean isOfItsType(OptionReader options, ConfigOption<?> option) {
        try {
            options.source().values().getOptional(option);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private <T> T get(ConfigOption<T> option) {
        try {
            return options.source().values().get(option);
        } catch (IllegalArgumentException e) {
            return null; // FlinkKeys has reported it
        }
    }
}

package dev.weir.config;

import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/**
 * A setting of Flink's that Weir accepts with one value only. It may also be left out.
 *
 * @param reason why another value is refused
 */
public record RequiredSetting<T>(ConfigOption<T> option, T value, String reason) {
    static final RequiredSetting<RuntimeExecutionMode> RUNTIME_MODE = new RequiredSetting<>(
            ExecutionOptions.RUNTIME_MODE,
            RuntimeExecutionMode.STREAMING,
            "batch sorts each series anew and keeps no books");
    static final RequiredSetting<CheckpointingMode> CHECKPOINTING_MODE = new RequiredSetting<>(
            CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
            CheckpointingMode.EXACTLY_ONCE,
            "a restart would repeat readings");
    static final List<RequiredSetting<Boolean>> SWITCHES = List.of(
            new RequiredSetting<>(
                    CheckpointingOptions.ENABLE_UNALIGNED,
                    false,
                    "unaligned checkpoints let counts pass the records that they count, so the books would not balance"),
            new RequiredSetting<>(
                    PipelineOptions.GENERIC_TYPES,
                    false,
                    "a type that falls back to Kryo cannot be restored by a later version"),
            new RequiredSetting<>(
                    PipelineOptions.AUTO_GENERATE_UIDS,
                    false,
                    "state under a generated uid is lost when the graph changes"),
            new RequiredSetting<>(
                    CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                    true,
                    "without the last checkpoint the end of a bounded input is never committed"),
            new RequiredSetting<>(
                    PipelineOptions.OPERATOR_CHAINING,
                    true,
                    "decoding would be a task of its own, which a rescaled job feeds round-robin: the order of a partition is lost"));
}

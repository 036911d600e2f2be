package dev.weir.config;

import dev.weir.config.parse.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;

/** Writes an option's default as a person would set it. */
final class DefaultText {
    private DefaultText() {}

    /** Returns the default; empty for none. */
    static String of(ConfigOption<?> option) {
        return option.hasDefaultValue() ? text(option.defaultValue()) : "";
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(DefaultText::text).collect(Collectors.joining("; "));
        }
        return value instanceof Duration duration ? Durations.format(duration) : String.valueOf(value);
    }
}

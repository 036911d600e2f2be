package dev.weir.config;

import dev.weir.config.parse.Durations;
import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Ascii;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** Reads typed options. A value of the wrong type adds a problem and reads as null. A blank text counts as not set. */
final class OptionReader {
    private final OptionSource source;
    private final Problems problems;

    OptionReader(OptionSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    OptionSource source() {
        return source;
    }

    void problem(ConfigOption<?> option, String message, String cure) {
        problem(option.key(), message, cure);
    }

    /** Adds a problem at the location of the key. The message begins with the key. */
    void problem(String key, String message, String cure) {
        problems.add(source.at(key), key + " " + message, cure);
    }

    /** Adds a problem at the location of one key. The message begins with another one. */
    void problem(String place, String key, String message, String cure) {
        problems.add(source.at(place), key + " " + message, cure);
    }

    /** Adds a warning at the location of the option. */
    void warn(ConfigOption<?> option, String message, String cure) {
        warn(option.key(), message, cure);
    }

    void warn(String key, String message, String cure) {
        problems.warn(source.at(key), key + " " + message, cure);
    }

    /** Adds a problem of two options at the one that is set, or at the first if both are. */
    void problem(ConfigOption<?> first, ConfigOption<?> second, String message, String cure) {
        ConfigOption<?> place = !source.isSet(first.key()) && source.isSet(second.key()) ? second : first;
        problems.add(source.at(place.key()), first.key() + " " + message, cure);
    }

    /** Returns the trimmed text, or the option's default, or null. */
    String text(ConfigOption<String> option) {
        String text = source.values().getString(option.key(), option.defaultValue());
        return text == null || text.isBlank() ? null : text.trim();
    }

    Duration duration(ConfigOption<Duration> option) {
        String raw = raw(option);
        if (raw == null) {
            return option.defaultValue();
        }
        return parseDuration(option, raw);
    }

    /** Reads a duration of whole milliseconds, for times that are measured with the machine's clock. */
    Duration wholeMillis(ConfigOption<Duration> option) {
        Duration duration = duration(option);
        if (duration != null && duration.toNanos() % 1_000_000 != 0) {
            problem(
                    option,
                    "must be whole milliseconds, got " + Durations.format(duration),
                    "write for instance 500 ms");
            return null;
        }
        return duration;
    }

    /** Reads a duration of whole microseconds, the unit of event times. */
    Duration wholeMicros(ConfigOption<Duration> option) {
        Duration duration = duration(option);
        if (duration != null && duration.toNanos() % 1_000 != 0) {
            problem(
                    option,
                    "must be whole microseconds, got " + Durations.format(duration),
                    "write for instance 500 ms");
            return null;
        }
        return duration;
    }

    private Duration parseDuration(ConfigOption<?> option, String raw) {
        try {
            return Durations.parse(raw);
        } catch (IllegalArgumentException e) {
            problem(option, "is wrong: " + e.getMessage(), Durations.CURE);
            return null;
        }
    }

    /** Returns the durations that can be read. An empty list is a problem. */
    List<Duration> durations(ConfigOption<List<Duration>> option) {
        if (!source.isSet(option.key())) {
            return option.defaultValue();
        }
        List<String> texts = raw(option) == null ? List.of() : split(option.key());
        if (texts.isEmpty()) {
            problem(option, "is empty", "name at least one, for instance 1 min; 1 h");
        }
        List<Duration> durations = new ArrayList<>();
        for (String text : texts) {
            if (text.indexOf(',') >= 0) {
                problem(option, "is wrong: \"" + text + "\" has a comma", "write [1 min, 1 h] or 1 min; 1 h");
                continue;
            }
            Duration duration = parseDuration(option, text);
            if (duration != null) {
                durations.add(duration);
            }
        }
        return durations;
    }

    List<String> texts(ConfigOption<List<String>> option) {
        return raw(option) == null ? List.of() : split(option.key());
    }

    private List<String> split(String key) {
        ConfigOption<List<String>> texts =
                ConfigOptions.key(key).stringType().asList().noDefaultValue();
        try {
            return source.values().get(texts).stream().map(String::trim).toList();
        } catch (RuntimeException e) {
            problem(key, "is not a list", "write [a, b] or a; b");
            return List.of();
        }
    }

    MemorySize memory(ConfigOption<MemorySize> option) {
        String raw = raw(option);
        if (raw == null) {
            return option.defaultValue();
        }
        try {
            return MemorySize.parse(raw);
        } catch (IllegalArgumentException e) {
            problem(
                    option,
                    "is wrong: \"" + raw + "\" is not a size",
                    "write a number and a unit, for instance 256 mb or 1 gb");
            return null;
        }
    }

    Integer integer(ConfigOption<Integer> option) {
        String raw = raw(option);
        try {
            return raw == null ? option.defaultValue() : Integer.valueOf(raw);
        } catch (NumberFormatException e) {
            problem(
                    option,
                    "is wrong: \"" + raw + "\" is not a whole number",
                    "write for instance " + option.defaultValue());
            return null;
        }
    }

    Boolean bool(ConfigOption<Boolean> option) {
        String raw = raw(option);
        if (raw == null) {
            return option.defaultValue();
        }
        if (Ascii.equalsIgnoreCase(raw, "true") || Ascii.equalsIgnoreCase(raw, "false")) {
            return Boolean.valueOf(raw);
        }
        problem(option, "is wrong: \"" + raw + "\" is not a boolean", "write true or false");
        return null;
    }

    <E extends Enum<E>> E oneOf(ConfigOption<E> option) {
        String raw = raw(option);
        if (raw == null) {
            return option.defaultValue();
        }
        E[] allowed = option.defaultValue().getDeclaringClass().getEnumConstants();
        for (E value : allowed) {
            if (Ascii.equalsIgnoreCase(value.toString(), raw)) {
                return value;
            }
        }
        String names = Arrays.stream(allowed).map(E::toString).collect(Collectors.joining(", "));
        problem(option, "is wrong: \"" + raw + "\" is not known", "allowed: " + names);
        return null;
    }

    private String raw(ConfigOption<?> option) {
        String raw = source.values().getString(option.key(), null);
        return raw == null || raw.isBlank() ? null : raw.trim();
    }
}

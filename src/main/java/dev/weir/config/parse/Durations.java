package dev.weir.config.parse;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.util.TimeUtils;

/** Parses durations in the syntax of Flink's {@link TimeUtils}: {@code 10 s}, {@code 2 h}, {@code 30 d}. */
public final class Durations {
    public static final String CURE = "write a number and a unit, for instance 500 ms, 10 s, 2 min, 1 h or 30 d";
    /** Keeps sums of a few durations in microseconds within a long, and catches mistaken units. */
    public static final Duration MAX = Duration.ofDays(36_500);

    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+");

    private Durations() {}

    /**
     * Parses a duration. A number without a unit is refused unless it is 0, because Flink would read it as
     * milliseconds, which nobody expects.
     *
     * @throws IllegalArgumentException for anything else; the message says what is wrong and begins with the text in
     *     quotes
     */
    public static Duration parse(String text) {
        String trimmed = text.trim();
        if (BARE_NUMBER.matcher(trimmed).matches() && !trimmed.equals("0")) {
            throw new IllegalArgumentException("\"" + trimmed + "\" has no unit");
        }
        boolean minus = trimmed.startsWith("-"); // Flink's parser would only say that it is no number
        Duration duration;
        try {
            duration = TimeUtils.parseDuration(minus ? trimmed.substring(1).trim() : trimmed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + trimmed + "\" is not a duration", e);
        }
        if (minus || duration.isNegative()) {
            throw new IllegalArgumentException("\"" + trimmed + "\" is negative");
        }
        if (duration.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("\"" + trimmed + "\" is longer than " + format(MAX));
        }
        return duration;
    }

    /** Formats a duration for {@link #parse}, in the greatest unit that leaves no remainder: {@code 2 min}, {@code 90 s}. */
    public static String format(Duration duration) {
        return TimeUtils.formatWithHighestUnit(duration);
    }
}

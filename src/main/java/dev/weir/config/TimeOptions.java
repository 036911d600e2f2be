package dev.weir.config;

import static dev.weir.config.WeirOptions.STATE_RETENTION;
import static dev.weir.config.WeirOptions.TIME_DISORDER;
import static dev.weir.config.WeirOptions.TIME_EARLIEST;
import static dev.weir.config.WeirOptions.TIME_FUTURE_SKEW;
import static dev.weir.config.WeirOptions.TIME_IDLE_FLUSH;
import static dev.weir.config.WeirOptions.TIME_LATENESS;
import static dev.weir.config.WeirOptions.WINDOWS;

import dev.weir.config.parse.Durations;
import dev.weir.core.catalog.TimeSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;

/** Reads and checks {@code weir.time.*}, {@code weir.windows} and {@code weir.state.*}. */
final class TimeOptions {
    /** The lake and the table hold a length as a 32-bit number of seconds. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(Integer.MAX_VALUE / 86_400);

    /** Years of four digits, which a folder {@code year=YYYY} of the lake and every reader of it can express. */
    private static final Instant FIRST_EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END_OF_EARLIEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final OptionReader options;

    TimeOptions(OptionReader options) {
        this.options = options;
    }

    TimeSettings read() {
        Duration disorder = options.wholeMicros(TIME_DISORDER);
        Duration lateness = options.wholeMicros(TIME_LATENESS);
        if (disorder != null && lateness != null && lateness.compareTo(disorder) < 0) {
            String least = Durations.format(disorder);
            String message = "must be >= weir.time.disorder (" + least + "), got " + Durations.format(lateness);
            options.problem(TIME_LATENESS, TIME_DISORDER, message, "raise it to at least " + least);
        }
        Duration idleFlush = options.wholeMillis(TIME_IDLE_FLUSH);
        if (idleFlush != null && idleFlush.isZero()) {
            options.problem(TIME_IDLE_FLUSH, "must be longer than 0, got 0", "write for instance 30 s");
        }
        return new TimeSettings(disorder, lateness, options.wholeMicros(TIME_FUTURE_SKEW), idleFlush, earliest());
    }

    Duration retention(Duration idleFlush) {
        Duration retention = options.wholeMillis(STATE_RETENTION);
        if (retention != null && idleFlush != null && retention.compareTo(idleFlush) < 0) {
            String least = Durations.format(idleFlush);
            String message = "must be >= weir.time.idle-flush (" + least + "), got " + Durations.format(retention);
            options.problem(STATE_RETENTION, TIME_IDLE_FLUSH, message, "raise it to at least " + least);
        }
        return retention;
    }

    List<Duration> windows() {
        List<Duration> windows = options.durations(WINDOWS);
        TreeSet<Duration> distinct = new TreeSet<>();
        for (Duration window : windows) {
            if (window.isZero() || window.getNano() != 0) {
                String message = "must be whole seconds, at least 1 s, got " + Durations.format(window);
                options.problem(WINDOWS, message, "write for instance 1 min; 1 h");
            } else if (window.toSeconds() > LONGEST_WINDOW.toSeconds()) {
                String message =
                        "must be at most " + Durations.format(LONGEST_WINDOW) + ", got " + Durations.format(window);
                options.problem(WINDOWS, message, "write a shorter one");
            } else if (!distinct.add(window)) {
                options.problem(WINDOWS, "names " + Durations.format(window) + " twice", "keep one of the two");
            }
        }
        distinct.forEach(this::warnIfCrossing);
        return List.copyOf(distinct);
    }

    /**
     * Warns of a length that does not divide the hour or the day. Its windows, which are aligned to the epoch, begin at
     * another minute each hour.
     */
    private void warnIfCrossing(Duration window) {
        long seconds = window.toSeconds();
        long whole = seconds <= 3_600 ? 3_600 : 86_400;
        if (seconds > 0 && (seconds <= 86_400 ? whole % seconds != 0 : seconds % 86_400 != 0)) {
            String of = seconds > 86_400
                    ? "is not a whole number of days"
                    : "does not divide the " + (whole == 3_600 ? "hour" : "day");
            options.warn(
                    WINDOWS,
                    "has " + Durations.format(window) + ", which " + of
                            + ": windows begin at the epoch, so they cross its ends",
                    "fine if meant; otherwise write for instance 5 min, 15 min, 1 h or 1 d");
        }
    }

    private Instant earliest() {
        String text = options.text(TIME_EARLIEST);
        if (text == null) {
            text = TIME_EARLIEST.defaultValue();
        }
        try {
            Instant earliest = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (!earliest.isBefore(FIRST_EARLIEST) && earliest.isBefore(END_OF_EARLIEST)) {
                return earliest;
            }
            options.problem(
                    TIME_EARLIEST, "must be in the years 0001 to 9999, got " + text, "write for instance 2001-01-01");
            return null;
        } catch (DateTimeException e) {
            String cure = "write a date such as 2001-01-01, or an instant such as 2001-01-01T00:00:00Z";
            options.problem(TIME_EARLIEST, "is wrong: \"" + text + "\" is not a time", cure);
            return null;
        }
    }
}

package dev.weir.cli;

import dev.weir.config.catalog.DayAndMonth;
import dev.weir.core.catalog.Input;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for event times that were decoded, but most likely wrongly: day and month exchanged, or minutes read as months.
 * Such times pass every check, and scatter neighbouring readings of a sensor over months.
 */
final class SampleTimes {
    /** Shorter than any month, so that a jump by one month is always found. */
    private static final Duration JUMP = Duration.ofDays(27);

    private static final int GREATEST_MONTH = 12;

    private final ZoneId zone;
    /**
     * The first pattern that has day and month as numbers; null if there is none, because they cannot be exchanged
     * then.
     */
    private final String pattern;

    private final Map<String, LocalDateTime> lastOfSensor = new HashMap<>();
    private final List<String> jumps = new ArrayList<>();
    private int jumpsIfExchanged;
    private int exchangeable;
    private int certain;

    SampleTimes(Input.EventTime eventTime) {
        zone = ZoneId.of(eventTime.zone());
        pattern = eventTime.formats().stream()
                .filter(format -> DayAndMonth.isDayFirst(format) || DayAndMonth.isMonthFirst(format))
                .findFirst()
                .orElse(null);
    }

    /**
     * Adds the time of an event.
     *
     * @param event its number in the sample, for a person
     * @param micros epoch microseconds, UTC
     */
    void add(int event, String sensor, long micros) {
        LocalDateTime time;
        try {
            time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone);
        } catch (DateTimeException | ArithmeticException e) {
            return; // It was rejected as ancient or future, and is reported there.
        }
        certain += time.getDayOfMonth() > GREATEST_MONTH ? 1 : 0;
        exchangeable += exchanged(time).equals(time) ? 0 : 1;
        LocalDateTime before = lastOfSensor.put(sensor, time);
        if (before == null) {
            return;
        }
        if (isJump(before, time)) {
            jumps.add("event " + event + " (" + time + "), after " + before);
        }
        jumpsIfExchanged += isJump(exchanged(before), exchanged(time)) ? 1 : 0;
    }

    /** Returns what is suspicious, one or two sentences each. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        boolean wrongOrder = pattern != null && jumpsIfExchanged < jumps.size();
        if (!jumps.isEmpty()) {
            String times = jumps.size() == 1 ? "1 event time jumps" : jumps.size() + " event times jump";
            findings.add(times + " by a month or more from the previous one of the same sensor, first " + jumps.get(0));
        }
        if (wrongOrder) {
            findings.add("day and month are most likely exchanged: read by \"" + DayAndMonth.exchanged(pattern)
                    + "\" instead of \"" + pattern + "\", " + jumpsIfExchanged + " would jump");
        } else if (!jumps.isEmpty()) {
            findings.add("check that the format is the one of the senders: d is the day, M the month, m the minute");
        }
        if (pattern != null && !wrongOrder && certain == 0 && exchangeable > 0) {
            findings.add("both orders of day and month are possible: no date of the sample is after the 12th, so \""
                    + DayAndMonth.exchanged(pattern) + "\" would read it as well as \"" + pattern
                    + "\"; look at a day after the 12th");
        }
        return findings;
    }

    private static boolean isJump(LocalDateTime before, LocalDateTime after) {
        return Duration.between(before.atOffset(ZoneOffset.UTC), after.atOffset(ZoneOffset.UTC))
                        .abs()
                        .compareTo(JUMP)
                >= 0;
    }

    /** Returns the time with its day as month and its month as day, or the same time if there is no such date. */
    private static LocalDateTime exchanged(LocalDateTime time) {
        return time.getDayOfMonth() > GREATEST_MONTH
                ? time
                : time.withDayOfMonth(1).withMonth(time.getDayOfMonth()).withDayOfMonth(time.getMonthValue());
    }
}

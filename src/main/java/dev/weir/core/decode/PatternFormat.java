package dev.weir.core.decode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * A {@link DateTimeFormatter} pattern, strict (there is no 30 February) but for case. What the pattern leaves out of the time of day is
 * zero; English names of months and days.
 */
final class PatternFormat implements TimeFormat {
    private final DateTimeFormatter formatter;
    private final LocalTimes zone;

    /** @param zone of a text that names none */
    PatternFormat(String pattern, ZoneId zone) {
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern);
        if (hasLetter(pattern, 'y') && !hasLetter(pattern, 'G')) {
            builder.parseDefaulting(ChronoField.ERA, 1); // a strict yyyy would want one in the text
        }
        this.formatter = builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        this.zone = new LocalTimes(zone);
    }

    @Override
    public long ofText(String text) {
        try {
            return instant(formatter.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return Micros.NONE;
        }
    }

    private long instant(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null || (time == null && hasTimeOfDay(parsed))) {
            return Micros.NONE;
        }
        LocalTime timeOfDay = time == null ? LocalTime.MIDNIGHT : time;
        long localSecond = date.toEpochDay() * 86_400 + timeOfDay.toSecondOfDay();
        long epochSecond = zoneOf(parsed).toEpochSecond(localSecond);
        return Micros.plus(Micros.of(epochSecond, Micros.PER_SECOND), timeOfDay.getNano() / 1000);
    }

    private LocalTimes zoneOf(TemporalAccessor parsed) {
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        ZoneId written = offset != null ? offset : parsed.query(TemporalQueries.zoneId());
        return written == null ? zone : new LocalTimes(written);
    }

    /** Whether a time of day was read that could not be understood, for instance hours of half a day without AM or PM. */
    private static boolean hasTimeOfDay(TemporalAccessor parsed) {
        for (ChronoField field : ChronoField.values()) {
            if (field.isTimeBased() && parsed.isSupported(field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLetter(String pattern, char letter) {
        boolean literal = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            literal ^= c == '\'';
            if (!literal && c == letter) {
                return true;
            }
        }
        return false;
    }
}

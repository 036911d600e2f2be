package dev.weir.core.decode;

import dev.weir.core.catalog.Ascii;
import dev.weir.core.catalog.Input.Overlap;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An event time by a {@link DateTimeFormatter} pattern. Strict (there is no 30 February), except that case is ignored. Parts of the time of
 * day that the pattern lacks are zero. Names of months and days are English.
 *
 * <p>An hour of 24 is the end of the day: 24:00 is the next day's midnight, and 24:01 does not exist. A {@code k} is treated as an {@code
 * H}. Java reads 24:00 by {@code k} as the midnight at the start of the day, refuses it by {@code H}, and refuses 00:30 by {@code k}.
 */
final class PatternFormat implements TimeFormat {
    private static final Set<ChronoField> BELOW_THE_HOUR = Set.of(
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE,
            ChronoField.NANO_OF_SECOND,
            ChronoField.MICRO_OF_SECOND,
            ChronoField.MILLI_OF_SECOND);

    private final DateTimeFormatter formatter;
    /** Parses the date strictly and ignores the time of day, which may then be 24:00. Null if the pattern has no hour from 0 to 23. */
    private final DateTimeFormatter dateOnly;

    private final LocalTimes zone;
    private final Overlap overlap;
    /** Whether the text names no zone. */
    private boolean local;

    private final boolean lookalikes;

    /**
     * Creates the format of a pattern.
     *
     * @param zone the zone of a text that names none
     */
    PatternFormat(String pattern, ZoneId zone, Overlap overlap) {
        String hours = withHours(pattern);
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(hours);
        if (hasLetter(hours, 'y') && !hasLetter(hours, 'G')) {
            builder.parseDefaulting(ChronoField.ERA, 1); // a strict yyyy would require one in the text
        }
        this.formatter = builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        this.dateOnly = hasLetter(hours, 'H') ? formatter.withResolverFields(dateFields()) : null;
        this.overlap = overlap;
        this.zone = new LocalTimes(zone, overlap);
        this.lookalikes = Ascii.hasLookalike(pattern);
    }

    @Override
    public long ofText(String text) {
        if (!lookalikes && Ascii.hasLookalike(text)) {
            return Micros.NONE; // Java would read a dotless i as an i
        }
        try {
            return instant(formatter.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return dateOnly == null ? Micros.NONE : endOfDay(text);
        }
    }

    @Override
    public boolean isOpen() {
        return local && zone.isOpen();
    }

    /** Returns the midnight that ends the text's day, if its hour is 24. */
    private long endOfDay(String text) {
        ParsePosition position = new ParsePosition(0);
        TemporalAccessor fields = formatter.parseUnresolved(text, position);
        if (fields == null || position.getIndex() != text.length() || !isEndOfDay(fields)) {
            return Micros.NONE;
        }
        try {
            TemporalAccessor parsed = dateOnly.parse(text);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            return date == null ? Micros.NONE : instant(parsed, date.toEpochDay() + 1, LocalTime.MIDNIGHT);
        } catch (DateTimeException | ArithmeticException e) {
            return Micros.NONE;
        }
    }

    /** Returns whether the hour is 24 and all smaller fields are 0. */
    private static boolean isEndOfDay(TemporalAccessor fields) {
        for (ChronoField field : ChronoField.values()) {
            boolean below = field.isTimeBased() && field != ChronoField.HOUR_OF_DAY && fields.isSupported(field);
            if (below && !(BELOW_THE_HOUR.contains(field) && fields.getLong(field) == 0)) {
                return false;
            }
        }
        return fields.isSupported(ChronoField.HOUR_OF_DAY) && fields.getLong(ChronoField.HOUR_OF_DAY) == 24;
    }

    private long instant(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null || (time == null && hasTimeOfDay(parsed))) {
            return Micros.NONE;
        }
        return instant(parsed, date.toEpochDay(), time == null ? LocalTime.MIDNIGHT : time);
    }

    private long instant(TemporalAccessor parsed, long epochDay, LocalTime timeOfDay) {
        long localSecond = epochDay * 86_400 + timeOfDay.toSecondOfDay();
        long epochSecond = zoneOf(parsed).toEpochSecond(localSecond);
        return Micros.plus(Micros.of(epochSecond, Micros.PER_SECOND), timeOfDay.getNano() / 1000);
    }

    private LocalTimes zoneOf(TemporalAccessor parsed) {
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        ZoneId written = offset != null ? offset : parsed.query(TemporalQueries.zoneId());
        local = written == null;
        return local ? zone : new LocalTimes(written, overlap);
    }

    /** Returns whether a time of day was read but could not be resolved, for instance hours of half a day without AM or PM. */
    private static boolean hasTimeOfDay(TemporalAccessor parsed) {
        for (ChronoField field : ChronoField.values()) {
            if (field.isTimeBased() && parsed.isSupported(field)) {
                return true;
            }
        }
        return false;
    }

    /** Returns every field that a pattern can read, except those of the time of day. */
    private static Set<TemporalField> dateFields() {
        Set<TemporalField> fields = new HashSet<>();
        for (ChronoField field : ChronoField.values()) {
            if (!field.isTimeBased()) {
                fields.add(field);
            }
        }
        fields.addAll(List.of(
                IsoFields.DAY_OF_QUARTER,
                IsoFields.QUARTER_OF_YEAR,
                IsoFields.WEEK_BASED_YEAR,
                IsoFields.WEEK_OF_WEEK_BASED_YEAR,
                JulianFields.MODIFIED_JULIAN_DAY));
        WeekFields weeks = WeekFields.of(Locale.ROOT);
        fields.addAll(
                List.of(weeks.dayOfWeek(), weeks.weekOfMonth(), weeks.weekOfWeekBasedYear(), weeks.weekBasedYear()));
        return fields;
    }

    /** Returns the pattern with an H for each k outside of quotes. */
    private static String withHours(String pattern) {
        StringBuilder hours = new StringBuilder(pattern);
        boolean literal = false;
        for (int i = 0; i < pattern.length(); i++) {
            literal ^= pattern.charAt(i) == '\'';
            if (!literal && pattern.charAt(i) == 'k') {
                hours.setCharAt(i, 'H');
            }
        }
        return hours.toString();
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

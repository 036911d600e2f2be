package dev.weir.testing.oracle;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Event times: epoch microseconds UTC, truncated downward; at the ends of long where they lie beyond. */
final class EventTimes {
    private static final Pattern ISO = Pattern.compile("([+-]\\d{4,9}|\\d{4})-(\\d\\d)-(\\d\\d)[Tt ]"
            + "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d+))?)?"
            + "([Zz]|[+-]\\d\\d(?::?\\d\\d)?)?");
    /** What Java takes for an i, an s or a k where it ignores capitals. */
    private static final String LOOKALIKE = "[\u0130\u0131\u017F\u212A]";

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmmssSSSSSS", Locale.ROOT);
    private static final Map<String, Integer> EPOCH_MICROS_DIGITS =
            Map.of("epoch-seconds", 6, "epoch-millis", 3, "epoch-micros", 0, "epoch-nanos", -3);

    private final Input input;
    private final ZoneId zone;
    private final Map<String, DateTimeFormatter> patterns = new HashMap<>();
    private Long later;

    EventTimes(Input input) {
        this.input = input;
        this.zone = ZoneId.of(input.eventTime().zone());
    }

    /** The later instant of the local time read last, where it comes twice, epoch microseconds; else null. */
    Long later() {
        return later;
    }

    long read(Fields fields) throws EventFault {
        later = null;
        List<FieldSource> sources = input.eventTime().sources();
        List<Object> parts = sources.stream().map(fields::get).toList();
        for (Object part : parts) {
            if (InputDecoder.missing(part, input.nullValues())) {
                throw new EventFault(Reason.MISSING_FIELD, "event time");
            }
            if (part instanceof Fields.Other
                    || part instanceof Fields.Number number && Numbers.isNotFinite(number.raw())) {
                throw new EventFault(Reason.WRONG_TYPE, "event time");
            }
        }
        if (parts.size() == 1 && parts.get(0) instanceof Fields.Time time) {
            return time.micros();
        }
        boolean inText =
                input.format() == Input.Format.CSV || input.lenientNumbers() || InputDecoder.textOnly(sources.get(0));
        for (String format : input.eventTime().formats()) {
            OptionalLong time = format.startsWith("epoch-") ? epoch(parts, format, inText) : written(parts, format);
            if (time.isPresent()) {
                return time.getAsLong();
            }
        }
        throw new EventFault(Reason.WRONG_TYPE, "event time");
    }

    private static OptionalLong epoch(List<Object> parts, String format, boolean inText) {
        String number = parts.size() == 1 ? Numbers.written(parts.get(0), inText) : null;
        if (number == null || !Numbers.isDecimal(number)) {
            return OptionalLong.empty();
        }
        double nearly = Double.parseDouble(number);
        if (Math.abs(nearly) > 1e23) { // beyond long in every format; as a BigDecimal 1e999999999 would fill the heap
            return OptionalLong.of(nearly > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
        if (nearly == 0) { // 1e-999999999 likewise
            boolean belowZero = number.startsWith("-") && number.matches("-[0.]*[1-9].*");
            return OptionalLong.of(belowZero ? -1 : 0);
        }
        BigDecimal exact = new BigDecimal(number);
        BigDecimal micros = exact.movePointRight(microsDigits(format, exact.abs()));
        return OptionalLong.of(saturated(micros.setScale(0, RoundingMode.FLOOR).toBigInteger()));
    }

    /** What power of ten the unit is, in microseconds. */
    private static int microsDigits(String format, BigDecimal magnitude) {
        if (!format.equals("epoch-auto")) {
            return EPOCH_MICROS_DIGITS.get(format);
        }
        if (magnitude.compareTo(new BigDecimal("1e11")) < 0) {
            return 6;
        }
        if (magnitude.compareTo(new BigDecimal("1e14")) < 0) {
            return 3;
        }
        return magnitude.compareTo(new BigDecimal("1e17")) < 0 ? 0 : -3;
    }

    private OptionalLong written(List<Object> parts, String format) {
        String text = parts.stream().map(EventTimes::text).collect(Collectors.joining(" "));
        try {
            Instant instant = format.equals("iso-8601") ? iso(text) : byPattern(text, format);
            return instant == null ? OptionalLong.empty() : OptionalLong.of(micros(instant));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static String text(Object part) {
        if (part instanceof Fields.Number number) {
            return number.raw();
        }
        return part instanceof String text ? text.strip() : part.toString();
    }

    /** Null if the text has another form; throws if it names a day or an hour that does not exist. */
    private Instant iso(String text) {
        Matcher m = ISO.matcher(text);
        if (!m.matches()) {
            return null;
        }
        LocalDate date =
                LocalDate.of(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
        String micros = (Objects.requireNonNullElse(m.group(7), "") + "000000").substring(0, 6);
        String time = m.group(4) + m.group(5) + Objects.requireNonNullElse(m.group(6), "00") + micros;
        boolean endOfDay = time.equals("240000000000");
        if (endOfDay && date.equals(LocalDate.MAX)) {
            return Instant.MAX;
        }
        LocalDateTime local = endOfDay ? date.plusDays(1).atStartOfDay() : date.atTime(LocalTime.parse(time, CLOCK));
        String offset = m.group(8);
        return offset == null ? instant(local, null) : local.toInstant(ZoneOffset.of(offset.toUpperCase(Locale.ROOT)));
    }

    /** Java's formatter, with two corrections: 24:00 is the end of the day, and letters that look like those of A to Z are none. */
    private Instant byPattern(String text, String pattern) {
        if (!pattern.matches(".*" + LOOKALIKE + ".*") && text.matches("(?s).*" + LOOKALIKE + ".*")) {
            return null;
        }
        DateTimeFormatter formatter = patterns.computeIfAbsent(pattern, EventTimes::strict);
        try {
            return instant(formatter.parse(text));
        } catch (DateTimeException notStrict) {
            return endOfDay(text, formatter);
        }
    }

    /**
     * Java's smart style reads 24:00 as the next midnight, but takes 31 June as well. So some "24" of the text must be the hour: with 00 in
     * its place, the text is the midnight of the day before, strictly.
     */
    private Instant endOfDay(String text, DateTimeFormatter formatter) {
        TemporalAccessor smart =
                formatter.withResolverStyle(ResolverStyle.SMART).parse(text);
        LocalDate date = smart.query(TemporalQueries.localDate());
        if (date == null || !LocalTime.MIDNIGHT.equals(smart.query(TemporalQueries.localTime()))) {
            return null;
        }
        for (int at = text.indexOf("24"); at >= 0; at = text.indexOf("24", at + 1)) {
            for (String zero : new String[] {"00", "0"}) {
                try {
                    TemporalAccessor parsed = formatter.parse(text.substring(0, at) + zero + text.substring(at + 2));
                    boolean dayBefore = date.minusDays(1).equals(parsed.query(TemporalQueries.localDate()));
                    if (dayBefore && parsed.query(TemporalQueries.localTime()).equals(LocalTime.MIDNIGHT)) {
                        ZoneId own = parsed.query(TemporalQueries.zone());
                        return instant(date.atStartOfDay(), own);
                    }
                } catch (DateTimeException e) {
                    continue;
                }
            }
        }
        return null;
    }

    private Instant instant(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId own = parsed.query(TemporalQueries.zone());
        if (date == null) {
            return null;
        }
        return instant(date.atTime(time == null ? LocalTime.MIDNIGHT : time), own);
    }

    /**
     * Java's rule for a local time that never is: the clock moved on into the later offset. One that comes twice is the
     * earlier instant unless the catalog says later.
     *
     * @param own zone that the text names, or null
     */
    private Instant instant(LocalDateTime local, ZoneId own) {
        ZonedDateTime earlier = local.atZone(own == null ? zone : own);
        Instant second = earlier.withLaterOffsetAtOverlap().toInstant();
        if (own == null && second.isAfter(earlier.toInstant())) {
            later = micros(second);
        }
        return input.eventTime().overlap() == Input.Overlap.LATER ? second : earlier.toInstant();
    }

    /** No 31 June; names in any case; years AD where the pattern asks for no era. */
    private static DateTimeFormatter strict(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(hours(pattern))
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** A k outside quotes is read as an H: between the quotes stands every second part. */
    private static String hours(String pattern) {
        String[] parts = pattern.split("'", -1);
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = parts[i].replace('k', 'H');
        }
        return String.join("'", parts);
    }

    static long micros(Instant instant) {
        return saturated(BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000))
                .add(BigInteger.valueOf(instant.getNano() / 1_000)));
    }

    static long saturated(BigInteger micros) {
        if (micros.bitLength() < Long.SIZE) {
            return micros.longValue();
        }
        return micros.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}

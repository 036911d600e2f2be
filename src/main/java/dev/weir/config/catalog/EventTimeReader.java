package dev.weir.config.catalog;

import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads and checks the event time: a field's name, or a mapping. */
final class EventTimeReader {
    /** Formats of an event time for which the catalog names none. A number is epoch milliseconds, a text is ISO 8601. */
    static final List<String> DEFAULT_FORMATS = List.of("iso-8601", "epoch-millis");

    private static final List<String> NAMED = List.of("epoch-seconds", "epoch-millis", "epoch-micros", "iso-8601");
    private static final List<String> NAMED_IN_VERSION_2 = List.of("epoch-nanos", "epoch-auto");
    private static final List<String> ALL_NAMED =
            Stream.concat(NAMED.stream(), NAMED_IN_VERSION_2.stream()).toList();
    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2013, 12, 25, 14, 31, 59, 123_456_789, ZoneId.of("UTC"));

    private EventTimeReader() {}

    /** Reads the event time of version 1. */
    static Input.EventTime read(Section fields) {
        if (isMissing(fields)) {
            return null;
        }
        if (!fields.isMapping("event-time")) {
            String field = fields.name("event-time");
            return field == null ? null : Input.EventTime.named(List.of(field), DEFAULT_FORMATS, "UTC");
        }
        Section time = fields.section("event-time");
        time.refuseUnknownKeys();
        return written(time, names(time).stream().map(FieldSource::field).toList());
    }

    /** Reads the event time of version 2. */
    static Input.EventTime read(Section fields, SourceReader sources) {
        if (isMissing(fields)) {
            return null;
        }
        if (!fields.isMapping("event-time")) {
            FieldSource source = sources.read(fields, "event-time");
            return source == null ? null : plain(source);
        }
        Section time = fields.section("event-time");
        time.refuseUnknownKeys();
        if (time.has("timestamp")) {
            return timestamp(time);
        }
        List<String> origins = SourceKeys.ORIGINS.stream().filter(time::has).toList();
        if (time.has("fields") && !origins.isEmpty()) {
            time.problem("fields", "and " + origins.get(0) + " are both set", "keep one of the two");
        } else if (time.has("fields")) {
            List<String> names = fields(time);
            names.forEach(name -> sources.check(time, "fields", name));
            return written(time, names.stream().map(FieldSource::field).toList());
        }
        FieldSource source = sources.ofMapping(fields, "event-time", time);
        return written(time, source == null ? List.of() : List.of(source));
    }

    private static boolean isMissing(Section fields) {
        if (!fields.has("event-time")) {
            fields.problem("event-time", "is missing", "write event-time: {field: <name>, format: epoch-millis}");
        }
        return !fields.has("event-time");
    }

    private static Input.EventTime plain(FieldSource source) {
        return new Input.EventTime(List.of(source), DEFAULT_FORMATS, "UTC", Input.Overlap.EARLIER);
    }

    private static Input.EventTime timestamp(Section time) {
        time.word("timestamp");
        for (String key : time.keys()) {
            if (!key.equals("timestamp") && time.knows(key)) {
                String cure = "remove it, or write a field in place of timestamp";
                time.problem(key, "has no place beside timestamp, which is an instant already", cure);
            }
        }
        return plain(new FieldSource.Timestamp());
    }

    /** Adds how the texts of the sources are written. */
    private static Input.EventTime written(Section time, List<FieldSource> sources) {
        List<String> formats = time.texts("format");
        for (String format : formats) {
            checkFormat(time, format);
        }
        FormatLists.check(time, formats);
        if (formats.isEmpty()) {
            formats = DEFAULT_FORMATS;
            if (sources.size() > 1 || time.has("format")) {
                time.problem("format", "is missing", "write for instance format: \"yyyy M d H\"");
            }
        }
        String zone = zone(time);
        return new Input.EventTime(List.copyOf(sources), List.copyOf(formats), zone, overlap(time, zone));
    }

    private static List<String> names(Section time) {
        if (time.has("field") == time.has("fields")) {
            String message = time.has("field") ? "and fields are both set" : "is missing";
            time.problem("field", message, "write field: <name>, or fields: [<name>, <name>]");
        }
        if (time.has("field")) {
            String name = time.name("field");
            return name == null ? List.of() : List.of(name);
        }
        return fields(time);
    }

    private static List<String> fields(Section time) {
        List<String> names = time.texts("fields");
        if (time.has("fields") && (names.isEmpty() || names.contains(""))) {
            time.problem("fields", "must name fields", "write for instance [year, month, day, hour]");
        }
        return names;
    }

    private static String zone(Section time) {
        String zone = time.text("zone");
        try {
            return zone == null ? "UTC" : ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            String nearest = NearestKey.of(
                    zone, ZoneId.getAvailableZoneIds().stream().sorted().toList());
            String cure =
                    nearest == null ? "write for instance Asia/Shanghai or +08:00" : "did you mean " + nearest + "?";
            time.problem("zone", "is not a time zone: \"" + zone + "\"", cure);
            return "UTC";
        }
    }

    private static Input.Overlap overlap(Section time, String zone) {
        String overlap = time.word("overlap");
        if (time.has("overlap") && ZoneId.of(zone).getRules().isFixedOffset()) {
            String message = "has no meaning in " + zone + ", whose clocks never go back";
            time.problem(
                    "overlap", message, "name the sensors' zone, for instance zone: Europe/Berlin, or remove overlap");
        }
        return Input.Overlap.valueOf(overlap.toUpperCase(Locale.ROOT));
    }

    private static void checkFormat(Section time, String format) {
        boolean version2 = time.knows("timestamp");
        List<String> named = version2 ? ALL_NAMED : NAMED;
        if (named.contains(format)) {
            return;
        }
        if (NAMED_IN_VERSION_2.contains(format)) {
            String message = "is not a time format of version 1: \"" + format + '"';
            time.problem("format", message, "version: 2 has it; it takes a list of inputs in place of input");
            return;
        }
        String hint = PatternHint.of(format);
        String nearest = hint == null ? NearestKey.of(format, named) : null;
        String cure = hint != null
                ? hint
                : nearest == null
                        ? "allowed: " + String.join(", ", named)
                                + " or a DateTimeFormatter pattern such as yyyy-MM-dd HH:mm:ss"
                        : "did you mean " + nearest + "?";
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(format, Locale.ROOT);
            TemporalAccessor parsed = formatter.parse(formatter.format(SAMPLE));
            if (parsed.query(TemporalQueries.localDate()) == null) {
                time.problem(
                        "format",
                        "\"" + format + "\" names no full date",
                        hint == null ? "add year, month and day, for instance yyyy-MM-dd" : hint);
            } else if (format.matches(".*[hK].*") && parsed.query(TemporalQueries.localTime()) == null) {
                time.problem("format", "\"" + format + "\" leaves the half of the day open", "write H, or add a");
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            time.problem("format", "is not a time format: \"" + format + "\"", cure);
        }
    }
}

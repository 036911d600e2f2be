package dev.weir.config.catalog;

import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.Input;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/** Reads and checks {@code input.fields.event-time}: a field's name, or a mapping. */
final class EventTimeReader {
    /** Formats of an event time for which the catalog names none. A number is epoch milliseconds, a text is ISO 8601. */
    static final List<String> DEFAULT_FORMATS = List.of("iso-8601", "epoch-millis");

    private static final List<String> NAMED = List.of("epoch-seconds", "epoch-millis", "epoch-micros", "iso-8601");
    private static final ZonedDateTime SAMPLE =
            ZonedDateTime.of(2013, 12, 25, 14, 31, 59, 123_456_789, ZoneId.of("UTC"));

    private EventTimeReader() {}

    static Input.EventTime read(Section fields) {
        if (!fields.has("event-time")) {
            fields.problem("event-time", "is missing", "write event-time: {field: <name>, format: epoch-millis}");
            return null;
        }
        if (!fields.isMapping("event-time")) {
            String field = fields.name("event-time");
            return field == null ? null : Input.EventTime.named(List.of(field), DEFAULT_FORMATS, "UTC");
        }
        Section time = fields.section("event-time");
        time.refuseUnknownKeys();
        List<String> names = names(time);
        List<String> formats = time.texts("format");
        for (String format : formats) {
            checkFormat(time, format);
        }
        FormatLists.check(time, formats);
        if (formats.isEmpty()) {
            formats = DEFAULT_FORMATS;
            if (names.size() > 1 || time.has("format")) {
                time.problem("format", "is missing", "write for instance format: \"yyyy M d H\"");
            }
        }
        String zone = zone(time);
        return Input.EventTime.named(List.copyOf(names), List.copyOf(formats), zone, overlap(time, zone));
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
        if (NAMED.contains(format)) {
            return;
        }
        String hint = PatternHint.of(format);
        String nearest = hint == null ? NearestKey.of(format, NAMED) : null;
        String cure = hint != null
                ? hint
                : nearest == null
                        ? "allowed: " + String.join(", ", NAMED)
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

package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Describes the layout of an event.
 *
 * @param readings field by metric for the wide layout, in the file's order; empty for the long layout
 * @param csv null unless the format is CSV
 * @param nullValues texts that mean "no value"
 * @param lenientNumbers whether JSON may contain a number in quotes (CSV always does)
 */
public record Input(
        Format format,
        Fields fields,
        Map<String, String> readings,
        Csv csv,
        Set<String> nullValues,
        boolean lenientNumbers)
        implements Serializable {

    /**
     * The fields of an event. A field is named by its key (JSON) or column (CSV); a name that begins with {@code /} is a JSON pointer.
     *
     * @param metric field of the metric's name; null in the wide layout
     * @param value field of the value; null in the wide layout
     * @param unit field of the unit; null for none, and in the wide layout
     * @param site field of the site; null for none
     */
    public record Fields(String sensorId, EventTime eventTime, String metric, String value, String unit, String site)
            implements Serializable {}

    public String sensorId() {
        return fields.sensorId();
    }

    public EventTime eventTime() {
        return fields.eventTime();
    }

    public String metric() {
        return fields.metric();
    }

    public String value() {
        return fields.value();
    }

    public String unit() {
        return fields.unit();
    }

    public String site() {
        return fields.site();
    }

    /** Returns whether an event holds several readings, each in a field of its own. */
    public boolean wide() {
        return !readings.isEmpty();
    }

    /** Returns whether a number may stand in a text. */
    public boolean numbersInTexts() {
        return format.textsOnly || lenientNumbers;
    }

    /** The form of an event's bytes. */
    public enum Format {
        JSON(true, false),
        CSV(false, true);

        /** Whether values nest, so that a field may be a pointer into them. */
        public final boolean nests;
        /** Whether every value is a text. */
        public final boolean textsOnly;

        Format(boolean nests, boolean textsOnly) {
            this.nests = nests;
            this.textsOnly = textsOnly;
        }
    }

    /**
     * The syntax of CSV rows.
     *
     * @param header the names of the columns, in order
     * @param separator one character
     * @param rejectShortRows whether a row with fewer columns than the header is malformed; otherwise the missing ones, which are the last,
     *     are absent
     */
    public record Csv(List<String> header, char separator, boolean rejectShortRows) implements Serializable {}

    /**
     * How event times are written.
     *
     * @param fields one field, or several that are joined with a space before parsing
     * @param formats tried in order: {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros}, {@code iso-8601}, or a {@link
     *     java.time.format.DateTimeFormatter} pattern
     * @param zone id of the zone of a text that names none, for instance {@code UTC} or {@code Asia/Shanghai}
     * @param overlap which instant a local time means that occurs twice when clocks go back
     */
    public record EventTime(List<String> fields, List<String> formats, String zone, Overlap overlap)
            implements Serializable {

        /** Uses {@code overlap: earlier}, the default of catalog version 1. */
        public EventTime(List<String> fields, List<String> formats, String zone) {
            this(fields, formats, zone, Overlap.EARLIER);
        }
    }

    /** Which instant a local time means that occurs twice. */
    public enum Overlap {
        EARLIER,
        LATER,
        /** The later instant if the earlier one is not after the series clock, because the series has then passed through the hour once. */
        ADVANCE
    }
}

package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes the events of some topics: how their bytes are written, and where the parts of a reading are.
 *
 * @param files how the topics' records announce files, whose rows are the events; null if the records are the events
 */
public record Input(Topics topics, Files files, Payload payload, Fields fields, Readings readings, Texts texts)
        implements Serializable {

    /** Creates an input whose records are the events. */
    public Input(Topics topics, Payload payload, Fields fields, Readings readings, Texts texts) {
        this(topics, null, payload, fields, readings, texts);
    }

    /** Returns an input as version 1 of the catalog has it: all topics, one item in each event, every part in a field of it. */
    public static Input flat(
            Format format, Fields fields, Map<String, String> readings, Csv csv, Set<String> nulls, boolean lenient) {
        return new Input(
                Topics.REST,
                new Payload(format, List.of(), csv, null),
                fields,
                Readings.ofFields(readings),
                new Texts(nulls, lenient));
    }

    /**
     * The topics whose records have this layout.
     *
     * @param names empty for none
     * @param pattern a regular expression that matches a whole name; null for none. Names take precedence over patterns
     */
    public record Topics(List<String> names, String pattern) implements Serializable {
        /** Every topic that no other input names. */
        public static final Topics REST = new Topics(List.of(), null);

        /** Returns whether these are all topics that no other input names. */
        public boolean isRest() {
            return names.isEmpty() && pattern == null;
        }
    }

    /**
     * How the bytes of an event are written.
     *
     * @param openings the steps from the event to its items, outermost first; empty if the event is the one item
     * @param csv null unless the format is CSV
     * @param avro null unless the format is Avro
     */
    public record Payload(Format format, List<Opening> openings, Csv csv, Avro avro) implements Serializable {

        /** Opens the records of SenML, which is an array of them. */
        public Payload {
            boolean opened = openings.stream().anyMatch(opening -> opening.kind() == Opening.Kind.EACH);
            if (format == Format.SENML && !opened) {
                List<Opening> all = new ArrayList<>(openings);
                all.add(new Opening(Opening.Kind.EACH, ""));
                openings = List.copyOf(all);
            }
        }

        /** Returns whether an event may have several items. */
        public boolean hasItems() {
            return openings.stream().anyMatch(opening -> opening.kind() == Opening.Kind.EACH);
        }
    }

    /**
     * The parts of a reading.
     *
     * @param metric source of the metric's name; null in the wide layout
     * @param value source of the value; null in the wide layout
     * @param unit source of the unit; null for none, and in the wide layout
     * @param site source of the site; null for none
     */
    public record Fields(
            FieldSource sensorId,
            EventTime eventTime,
            FieldSource metric,
            FieldSource value,
            FieldSource unit,
            FieldSource site)
            implements Serializable {

        /** Returns the parts if each is a field or null. */
        public static Fields named(
                String sensorId, EventTime eventTime, String metric, String value, String unit, String site) {
            return new Fields(
                    FieldSource.field(sensorId),
                    eventTime,
                    FieldSource.field(metric),
                    FieldSource.field(value),
                    FieldSource.field(unit),
                    FieldSource.field(site));
        }
    }

    /**
     * The wide layout, in which an item holds several readings.
     *
     * @param listed source of the value by metric, in the file's order
     * @param wildcard pointer from the item to an object each of whose scalar members is a reading, named after the member; null for none.
     *     Members that are mapped otherwise, and metrics that are listed, are left out
     */
    public record Readings(Map<String, FieldSource> listed, String wildcard) implements Serializable {
        /** The long layout. */
        public static final Readings NONE = new Readings(Map.of(), null);

        static Readings ofFields(Map<String, String> fields) {
            Map<String, FieldSource> listed = new LinkedHashMap<>();
            fields.forEach((metric, field) -> listed.put(metric, FieldSource.field(field)));
            return new Readings(Collections.unmodifiableMap(listed), null);
        }
    }

    /**
     * How texts are understood.
     *
     * @param nullValues texts that mean "no value"
     * @param lenientNumbers whether JSON may contain a number in quotes (CSV always does)
     * @param decimalSeparator the character between the whole part and the decimals of a number in a text
     * @param groupingSeparator the character between the thousands of such a number; {@link #NO_GROUPING} for none
     */
    public record Texts(Set<String> nullValues, boolean lenientNumbers, char decimalSeparator, char groupingSeparator)
            implements Serializable {
        public static final char NO_GROUPING = '\0';

        /** Numbers are written with a decimal point and without grouping. */
        public Texts(Set<String> nullValues, boolean lenientNumbers) {
            this(nullValues, lenientNumbers, '.', NO_GROUPING);
        }
    }

    /** Returns every source of a part of a reading, those inside other sources included. */
    public List<FieldSource> sources() {
        List<FieldSource> all = new ArrayList<>(eventTime().sources());
        all.addAll(readings.listed().values());
        Stream.of(sensorId(), metric(), value(), unit(), site())
                .filter(Objects::nonNull)
                .forEach(all::add);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof FieldSource.Join join) {
                all.addAll(join.sources());
            } else if (all.get(i) instanceof FieldSource.Match match) {
                all.add(match.source());
            }
        }
        return all;
    }

    public Format format() {
        return payload.format();
    }

    public Csv csv() {
        return payload.csv();
    }

    public Set<String> nullValues() {
        return texts.nullValues();
    }

    public boolean lenientNumbers() {
        return texts.lenientNumbers();
    }

    public FieldSource sensorId() {
        return fields.sensorId();
    }

    public EventTime eventTime() {
        return fields.eventTime();
    }

    public FieldSource metric() {
        return fields.metric();
    }

    public FieldSource value() {
        return fields.value();
    }

    public FieldSource unit() {
        return fields.unit();
    }

    public FieldSource site() {
        return fields.site();
    }

    /** Returns whether an item holds several readings, each in a field of its own. */
    public boolean wide() {
        return !readings.listed().isEmpty() || readings.wildcard() != null;
    }

    /** Returns whether a number may stand in a text. */
    public boolean numbersInTexts() {
        return format().textsOnly || lenientNumbers();
    }

    /** The form of an event's bytes. */
    public enum Format {
        JSON(true, false),
        CSV(false, true),
        AVRO(true, false),
        /** RFC 8428 in JSON. Each record is an item, with the base fields resolved. */
        SENML(true, false),
        /** Only in files. A row is decoded as an Avro record. */
        PARQUET(true, false);

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
     * @param header the names of the columns, in order; null if the first line of each file holds them
     * @param separator one character
     * @param rejectShortRows whether a row with fewer columns than the header is malformed; otherwise the missing ones, which are the last,
     *     are absent
     * @param quote the character around a column that may hold separators; {@link #NO_QUOTE} for none
     * @param skip a regular expression; a row in which it finds a match has no reading. Null for none
     */
    public record Csv(List<String> header, char separator, boolean rejectShortRows, char quote, String skip)
            implements Serializable {
        public static final char NO_QUOTE = '\0';

        /** Rows as RFC 4180 has them, none of which is skipped. */
        public Csv(List<String> header, char separator, boolean rejectShortRows) {
            this(header, separator, rejectShortRows, '"', null);
        }
    }

    /**
     * How event times are written.
     *
     * @param sources one source, or several whose texts are joined with a space before parsing
     * @param formats tried in order: {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros}, {@code epoch-nanos}, {@code
     *     epoch-auto}, {@code iso-8601}, or a {@link java.time.format.DateTimeFormatter} pattern
     * @param zone id of the zone of a text that names none, for instance {@code UTC} or {@code Asia/Shanghai}
     * @param overlap which instant a local time means that occurs twice when clocks go back
     */
    public record EventTime(List<FieldSource> sources, List<String> formats, String zone, Overlap overlap)
            implements Serializable {

        /** Returns an event time in fields. */
        public static EventTime named(List<String> fields, List<String> formats, String zone, Overlap overlap) {
            return new EventTime(fields.stream().map(FieldSource::field).toList(), formats, zone, overlap);
        }

        /** Returns an event time in fields, with {@code overlap: earlier}, the default. */
        public static EventTime named(List<String> fields, List<String> formats, String zone) {
            return named(fields, formats, zone, Overlap.EARLIER);
        }

        /** Returns the sources as the catalog writes them. */
        public List<String> shown() {
            return sources.stream().map(Object::toString).collect(Collectors.toUnmodifiableList());
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

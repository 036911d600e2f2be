package dev.weir.config.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and checks {@code input}. */
final class InputReader {
    private static final List<String> DEFAULT_NULLS = List.of("", "NA", "NAN");

    private final Section input;
    private final boolean csvFormat;

    InputReader(Section input) {
        this.input = input;
        this.csvFormat = "csv".equals(input.word("format"));
    }

    Input read() {
        input.refuseUnknownKeys();
        input.require("format", "write json or csv");
        Section fields = input.section("fields");
        fields.refuseUnknownKeys();
        if (!fields.has("sensor-id")) {
            fields.problem("sensor-id", "is missing", "name the field of the sensor's identifier");
        }
        String sensorId = fields.name("sensor-id");
        Input.EventTime eventTime = EventTimeReader.read(fields);
        Map<String, String> readings = readings(fields);
        Input.Csv csv = csv();
        List<String> columns = csv == null ? null : csv.header();
        for (String key : List.of("sensor-id", "metric", "value", "unit", "site")) {
            checkField(fields, key, fields.has(key) ? fields.name(key) : null, columns);
        }
        if (eventTime != null) {
            eventTime.shown().forEach(field -> checkField(fields, "event-time", field, columns));
        }
        Section wide = input.section("readings");
        readings.forEach((metric, field) -> checkField(wide, metric, field, columns));
        List<String> nulls = input.has("null-values") ? input.texts("null-values") : DEFAULT_NULLS;
        return Input.flat(
                csvFormat ? Input.Format.CSV : Input.Format.JSON,
                new Input.Fields(
                        FieldSource.field(sensorId),
                        eventTime,
                        FieldSource.field(fields.name("metric")),
                        FieldSource.field(fields.name("value")),
                        FieldSource.field(fields.name("unit")),
                        FieldSource.field(fields.name("site"))),
                readings,
                csv,
                Collections.unmodifiableSet(new LinkedHashSet<>(nulls)),
                input.bool("lenient-numbers"));
    }

    private Map<String, String> readings(Section fields) {
        Map<String, String> readings = new LinkedHashMap<>();
        if (!input.has("readings")) {
            for (String key : List.of("metric", "value")) {
                if (!fields.has(key)) {
                    String cure = "name its field, or map the metrics of a wide event under input.readings";
                    fields.problem(key, "is missing in the long layout", cure);
                }
            }
            return readings;
        }
        for (String key : List.of("metric", "value", "unit")) {
            if (fields.has(key)) {
                String cure = "remove it, or remove input.readings";
                fields.problem(key, "has no place in the wide layout (input.readings)", cure);
            }
        }
        Section wide = input.section("readings");
        for (String metric : wide.keys()) {
            String field = wide.name(metric);
            if (field != null) {
                readings.put(metric, field);
            }
        }
        if (wide.keys().isEmpty()) {
            input.problem("readings", "is empty", "write for instance {temperature: temperature}");
        }
        return Collections.unmodifiableMap(readings);
    }

    private Input.Csv csv() {
        if (!csvFormat) {
            if (input.has("csv")) {
                input.problem("csv", "has no place beside format json", "write format: csv, or remove it");
            }
            return null;
        }
        Section csv = input.section("csv");
        csv.refuseUnknownKeys();
        List<String> header = csv.texts("header");
        if (header.isEmpty()) {
            String cure = "write csv: {header: [<column>, <column>]}, all columns in order";
            (input.has("csv") ? csv : input).problem(input.has("csv") ? "header" : "csv.header", "is missing", cure);
            return null;
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (column.isEmpty()) {
                csv.problem("header", "has a column without a name", "give it any name");
            } else if (!seen.add(column)) {
                csv.problem("header", "names column " + column + " twice", "rename one of the two");
            }
        }
        boolean rejectShort = csv.word("short-rows").equals("reject");
        return new Input.Csv(List.copyOf(header), separator(csv), rejectShort);
    }

    private static char separator(Section csv) {
        String separator = csv.has("separator") ? csv.text("separator") : ",";
        if (separator == null) {
            return ',';
        }
        if (separator.length() != 1 || "\"\r\n".contains(separator)) {
            String message = "must be one character, no quote and no line break, got \"" + separator + "\"";
            csv.problem("separator", message, "write for instance \",\", \";\" or \"\\t\" (in double quotes)");
            return ',';
        }
        return separator.charAt(0);
    }

    private void checkField(Section section, String key, String field, List<String> columns) {
        if (field == null || field.isEmpty()) {
            return;
        }
        if (csvFormat) {
            if (field.startsWith("/")) {
                section.problem(key, "is a JSON pointer in a CSV input: " + field, "name a column of input.csv.header");
            } else if (columns != null && !columns.contains(field)) {
                section.problem(key, "names no column of input.csv.header: " + field, NearestKey.cure(field, columns));
            }
        } else if (field.startsWith("/") && !isPointer(field)) {
            section.problem(key, "is not a JSON pointer: " + field, "write ~0 for ~ and ~1 for / within a name");
        }
    }

    private static boolean isPointer(String field) {
        return !field.matches(".*~([^01].*|$)") && JsonPointer.compile(field) != null;
    }
}

package dev.weir.config.catalog;

import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads and checks {@code input} of version 1. */
final class InputReader {
    static final List<String> DEFAULT_NULLS = List.of("", "NA", "NAN");

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
        Input.Csv csv = CsvReader.read(input);
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
        if (Layouts.isWide(input, fields)) {
            Section wide = input.section("readings");
            for (String metric : wide.keys()) {
                String field = wide.name(metric);
                if (field != null) {
                    readings.put(metric, field);
                }
            }
        }
        return Collections.unmodifiableMap(readings);
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
        } else if (field.startsWith("/") && !Places.isPointer(field)) {
            section.problem(key, "is not a JSON pointer: " + field, "write ~0 for ~ and ~1 for / within a name");
        }
    }
}

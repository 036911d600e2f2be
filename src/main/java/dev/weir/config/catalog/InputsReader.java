package dev.weir.config.catalog;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Files;
import dev.weir.core.catalog.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads and checks {@code inputs}, which version 2 has. */
final class InputsReader {
    /** The key in {@code readings} that stands for every member of an object. */
    static final String WILDCARD = "*";

    private final Surroundings surroundings;

    InputsReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Input> read(Section top) {
        Section list = top.list("inputs");
        if (top.isList("inputs") && list.keys().isEmpty()) {
            top.problem("inputs", "is empty", "describe the events of at least one topic");
        }
        TopicsReader topics = new TopicsReader(surroundings);
        List<Input> inputs = new ArrayList<>();
        for (String item : list.keys()) {
            if (list.isMapping(item)) {
                inputs.add(read(list.section(item), topics));
            } else {
                list.problem(item, "must hold keys", "write - format: json, and the other keys below it");
            }
        }
        return List.copyOf(inputs);
    }

    private Input read(Section input, TopicsReader topics) {
        input.refuseUnknownKeys();
        Input.Topics taken = topics.read(input);
        Files files = FilesReader.read(input);
        Input.Payload payload = new PayloadReader(input, surroundings.files()).read();
        Places places = new Places(input, payload);
        SourceReader sources = new SourceReader(places, input.has("files"));
        if (!input.has("fields")) {
            input.problem(
                    "fields", "is missing", "write fields: {sensor-id: <field>, event-time: <field>}, and the others");
        }
        Section fields = input.section("fields");
        fields.refuseUnknownKeys();
        if (!fields.has("sensor-id") && input.has("fields")) {
            String cure = "name the field of the sensor's identifier, or write for instance {key: true}";
            fields.problem("sensor-id", "is missing", cure);
        }
        Input.Fields parts = new Input.Fields(
                sources.read(fields, "sensor-id"),
                input.has("fields") ? EventTimeReader.read(fields, sources) : null,
                sources.read(fields, "metric"),
                sources.read(fields, "value"),
                sources.read(fields, "unit"),
                sources.read(fields, "site"));
        boolean wide = input.has("fields") && Layouts.isWide(input, fields);
        Input.Readings readings = wide ? readings(input, payload, sources) : Input.Readings.NONE;
        Input read = new Input(taken, files, payload, parts, readings, texts(input, payload));
        if (parts.eventTime() != null) {
            TopicsReader.noteUnmatched(input, read);
        }
        return read;
    }

    private static Input.Readings readings(Section input, Input.Payload payload, SourceReader sources) {
        Section readings = input.section("readings");
        Map<String, FieldSource> listed = new LinkedHashMap<>();
        String wildcard = null;
        for (String metric : readings.keys()) {
            if (metric.equals(WILDCARD)) {
                wildcard = wildcard(readings, payload);
                continue;
            }
            FieldSource source = sources.read(readings, metric);
            if (source != null) {
                listed.put(metric, source);
            }
        }
        return new Input.Readings(Collections.unmodifiableMap(listed), wildcard);
    }

    private static String wildcard(Section readings, Input.Payload payload) {
        if (!payload.format().nests) {
            String cure = "write a line for each metric: <metric>: <column>";
            readings.problem(WILDCARD, "has no place in a CSV input", cure);
            return null;
        }
        String pointer = readings.text(WILDCARD);
        if (pointer == null || !Places.isPlace(readings, WILDCARD, pointer)) {
            return null;
        }
        if (pointer.startsWith("^")) {
            readings.problem(
                    WILDCARD, "cannot climb: " + pointer, "name an object of the item; \"\" is the item itself");
            return null;
        }
        return pointer;
    }

    private static Input.Texts texts(Section input, Input.Payload payload) {
        List<String> nulls = input.has("null-values") ? input.texts("null-values") : InputReader.DEFAULT_NULLS;
        boolean lenient = input.bool("lenient-numbers");
        char decimal = mark(input, "decimal-separator", '.');
        char grouping = mark(input, "grouping-separator", Input.Texts.NO_GROUPING);
        if (decimal == grouping) {
            String message = "and decimal-separator are the same: \"" + decimal + '"';
            input.problem("grouping-separator", message, "change one of the two");
        }
        Input.Csv csv = payload.csv();
        boolean unquoted = csv != null && csv.quote() == Input.Csv.NO_QUOTE;
        for (String key : List.of("decimal-separator", "grouping-separator")) {
            char mark = key.startsWith("d") ? decimal : grouping;
            if (unquoted && csv.separator() == mark) {
                input.problem(key, "is also the separator of columns, and quote is none", "change one of the two");
            } else if (input.has(key) && !payload.format().textsOnly && !lenient) {
                input.note(key, "concerns numbers in texts, which lenient-numbers: true would allow in fields, too");
            }
        }
        return new Input.Texts(Collections.unmodifiableSet(new LinkedHashSet<>(nulls)), lenient, decimal, grouping);
    }

    private static char mark(Section input, String key, char absent) {
        String text = input.has(key) ? input.text(key) : null;
        if (text == null) {
            return absent;
        }
        char mark = text.isEmpty() ? '0' : text.charAt(0);
        if (text.length() != 1
                || Character.isLetterOrDigit(mark)
                || "+-".indexOf(mark) >= 0
                || Character.isISOControl(mark)) {
            String message = "must be one character, no letter, digit or sign, got \"" + text + '"';
            input.problem(key, message, "write for instance \",\" or \".\"");
            return absent;
        }
        return mark;
    }
}

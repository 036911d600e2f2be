package dev.weir.config.catalog;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Format;
import dev.weir.core.catalog.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads and checks how the bytes of an event are written, in version 2: the format, and the steps from the event to its items. */
final class PayloadReader {
    private final Section input;
    private final SiblingFiles files;

    PayloadReader(Section input, SiblingFiles files) {
        this.input = input;
        this.files = files;
    }

    Input.Payload read() {
        input.require("format", "write json, csv, avro or senml");
        String name = input.word("format");
        Format format = name == null ? Format.JSON : Format.valueOf(name.toUpperCase(Locale.ROOT));
        if (input.has("files")) {
            checkFiles(format);
        } else if (format == Format.PARQUET) {
            String cure = "describe the files at files, or write json, csv, avro or senml";
            input.problem("format", "parquet is only for files: a record of a topic is one event", cure);
        }
        Input.Csv csv = CsvReader.read(input);
        Avro avro = input.has("files") ? null : new AvroReader(input, files).read();
        List<Opening> openings = new ArrayList<>();
        addUnwraps(openings);
        addEach(openings);
        if (format == Format.CSV && !openings.isEmpty()) {
            String key = input.has("each") ? "each" : "unwrap";
            input.problem(key, "has no place in a CSV input: a row is one item", "remove it");
            openings.clear();
        }
        return new Input.Payload(format, List.copyOf(openings), csv, avro);
    }

    private void checkFiles(Format format) {
        if (format == Format.SENML) {
            String cure = "write json, csv, avro or parquet; a pack in one record needs no files";
            input.problem("format", "senml has no place beside files", cure);
        }
        if (input.has("avro")) {
            input.problem("avro", "has no place beside files: an Avro file holds its own schema", "remove it");
        }
    }

    private void addUnwraps(List<Opening> openings) {
        if (!input.has("unwrap")) {
            if (input.has("encoding")) {
                input.problem("encoding", "has a meaning only beside unwrap", "remove it, or name the text at unwrap");
            }
            return;
        }
        if (input.isList("unwrap")) {
            Section list = input.list("unwrap");
            if (list.keys().isEmpty()) {
                input.problem("unwrap", "is empty", "write for instance /payload, or remove it");
            }
            list.keys().forEach(item -> addUnwrap(openings, list, item));
        } else {
            addUnwrap(openings, input, "unwrap");
        }
        if (input.has("encoding") && (input.isList("unwrap") || input.isMapping("unwrap"))) {
            String cure = "write unwrap: {field: /payload, encoding: base64}, and remove it here";
            input.problem("encoding", "has a meaning only beside an unwrap that is one text", cure);
        }
    }

    private void addUnwrap(List<Opening> openings, Section around, String key) {
        Section unwrap = around.isMapping(key) ? around.section(key) : around;
        String fieldKey = around.isMapping(key) ? "field" : key;
        if (around.isMapping(key)) {
            unwrap.refuseUnknownKeys();
            unwrap.require("field", "write {field: /payload, encoding: base64}");
        }
        boolean encodes = around.isMapping(key) || around == input;
        boolean base64 = encodes && unwrap.word("encoding") != null;
        String field = unwrap.text(fieldKey);
        if (field != null && isOpening(unwrap, fieldKey, field)) {
            openings.add(new Opening(base64 ? Opening.Kind.UNWRAP_BASE64 : Opening.Kind.UNWRAP, field));
        }
    }

    private void addEach(List<Opening> openings) {
        if (!input.has("each")) {
            return;
        }
        List<String> pointers = input.texts("each");
        if (pointers.isEmpty()) {
            input.problem("each", "names no array", "write for instance /readings, or \"\" if the event is the array");
        }
        for (String pointer : pointers) {
            if (isOpening(input, "each", pointer)) {
                openings.add(new Opening(Opening.Kind.EACH, pointer));
            }
        }
    }

    private static boolean isOpening(Section section, String key, String field) {
        if (field.startsWith("^")) {
            String cure = "name what is below: the steps of unwrap and each start where the one before has led";
            section.problem(key, "cannot climb: " + field, cure);
            return false;
        }
        return Places.isPlace(section, key, field);
    }
}

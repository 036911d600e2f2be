package dev.weir.config.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import dev.weir.config.parse.NearestKey;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import java.util.List;

/** Checks fields of version 2: whether an item can have such a place. */
final class Places {
    private final Input.Payload payload;
    /** Where the columns of CSV are named, for messages. */
    private final String header;

    /** @param input the section of the input that has the payload */
    Places(Section input, Input.Payload payload) {
        this.payload = payload;
        this.header = input.pathOf("csv.header");
    }

    /** Adds a problem if the field under the key cannot exist. */
    void check(Section section, String key, String field) {
        if (payload.format().nests) {
            if (isPlace(section, key, field)) {
                checkLevel(section, key, field);
            }
        } else {
            checkColumn(section, key, field);
        }
    }

    private void checkColumn(Section section, String key, String field) {
        List<String> columns = payload.csv() == null ? null : payload.csv().header();
        if (field.isEmpty() || field.startsWith("/") || field.startsWith("^/")) {
            String message = "is a JSON pointer in a CSV input: " + (field.isEmpty() ? "\"\"" : field);
            section.problem(key, message, "name a column of " + header);
        } else if (columns != null && !columns.contains(field)) {
            section.problem(key, "names no column of " + header + ": " + field, NearestKey.cure(field, columns));
        }
    }

    private void checkLevel(Section section, String key, String field) {
        int climbs = new FieldSource.Field(field).climbs();
        int level = payload.openings().size() - climbs;
        if (level < 0) {
            String below = level + climbs == 0
                    ? "the event is the one item"
                    : "its items are " + (level + climbs) + " below the event";
            section.problem(key, "climbs above the event: " + field, "remove " + "^".repeat(-level) + ": " + below);
            return;
        }
        if (climbs == 0) {
            return;
        }
        Opening opening = payload.openings().get(level);
        String pointer = field.substring(climbs);
        boolean array = opening.kind() == Opening.Kind.EACH;
        if (pointer.startsWith(asPointer(opening.pointer()) + '/')
                || (array && pointer.equals(asPointer(opening.pointer())))) {
            String what = array ? "is in the array that each opens" : "is in the text that unwrap opens";
            String cure = level + 1 == payload.openings().size()
                    ? "remove one ^: the pointer then starts at the item"
                    : "remove one ^: the pointer then starts at what is opened there";
            section.problem(key, what + ": " + field, cure);
        }
    }

    /** Returns the pointer that leads to the same place as a name. */
    private static String asPointer(String field) {
        return field.isEmpty() || field.startsWith("/")
                ? field
                : '/' + field.replace("~", "~0").replace("/", "~1");
    }

    /** Returns whether the text is a name or a pointer that starts at its item or at one around it. Adds a problem if not. */
    static boolean isPlace(Section section, String key, String field) {
        int climbs = new FieldSource.Field(field).climbs();
        if (field.startsWith("^") && climbs == 0) {
            String name = field.replaceFirst("^\\^+", "");
            String cure = "write " + field.substring(0, field.length() - name.length()) + '/' + name + " to climb, or /"
                    + field + " for a name that begins with ^";
            section.problem(key, "is neither a name nor a pointer: " + field, cure);
            return false;
        }
        String pointer = field.substring(climbs);
        if (pointer.startsWith("/") && !isPointer(pointer)) {
            section.problem(key, "is not a JSON pointer: " + field, "write ~0 for ~ and ~1 for / within a name");
            return false;
        }
        return true;
    }

    static boolean isPointer(String field) {
        return !field.matches(".*~([^01].*|$)") && JsonPointer.compile(field) != null;
    }
}

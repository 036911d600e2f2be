package dev.weir.config.catalog;

import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Names;
import java.util.ArrayList;
import java.util.List;

/** Reads and checks where a part of a reading comes from, in version 2: a field, or a mapping. */
final class SourceReader {
    private final Places places;
    private final boolean files;

    /** @param files whether an event is a row of a file */
    SourceReader(Places places, boolean files) {
        this.places = places;
        this.files = files;
    }

    /** Returns the source under the key; null if it is absent or wrong. */
    FieldSource read(Section around, String key) {
        if (!around.has(key)) {
            return null;
        }
        if (!around.isMapping(key)) {
            return field(around, key);
        }
        Section source = around.section(key);
        source.refuseUnknownKeys();
        return ofMapping(around, key, source);
    }

    /**
     * Returns the source that the mapping describes, whatever other keys it has.
     *
     * @param key of the mapping in the one around it
     */
    FieldSource ofMapping(Section around, String key, Section source) {
        List<String> origins = SourceKeys.ORIGINS.stream().filter(source::has).toList();
        if (origins.isEmpty()) {
            if (source.hasElsewhere()) {
                return null;
            }
            String cure = "write one of field, key, header, topic, " + (files ? "path, " : "")
                    + "constant and join, for instance {field: /id}";
            around.problem(key, "does not say where it comes from", cure);
            return null;
        }
        if (origins.size() > 1) {
            source.problem(origins.get(1), "and " + origins.get(0) + " are both set", "keep one of the two");
            return null;
        }
        if (source.has("separator") && !source.has("join")) {
            source.problem("separator", "has a meaning only beside join", "remove it");
        }
        FieldSource origin = origin(source, origins.get(0));
        if (!source.has("match")) {
            return origin;
        }
        String regex = Regexes.read(source, "match", true);
        return origin == null || regex == null ? null : new FieldSource.Match(origin, regex);
    }

    private FieldSource origin(Section source, String origin) {
        return switch (origin) {
            case "field" -> field(source, origin);
            case "key" -> key(source);
            case "header" -> {
                String name = source.name(origin);
                yield name == null ? null : new FieldSource.Header(name);
            }
            case "topic" -> {
                String regex = Regexes.read(source, origin, true);
                yield regex == null ? null : new FieldSource.Topic(regex);
            }
            case "path" -> path(source);
            case "constant" -> constant(source);
            default -> join(source);
        };
    }

    /** Adds a problem if there can be no such field. */
    void check(Section section, String key, String field) {
        places.check(section, key, field);
    }

    private FieldSource field(Section section, String key) {
        String field = section.text(key);
        if (field == null) {
            return null;
        }
        places.check(section, key, field);
        return new FieldSource.Field(field);
    }

    private FieldSource path(Section source) {
        if (!files) {
            String cure = "write topic: <regular expression>, header: <name> or field: <name>";
            source.problem("path", "is only for files: an event of a topic has no path", cure);
            return null;
        }
        String regex = Regexes.read(source, "path", true);
        return regex == null ? null : new FieldSource.Path(regex);
    }

    private static FieldSource key(Section source) {
        String pointer = source.text("key");
        if (pointer == null) {
            return null;
        }
        if (pointer.equals("true")) {
            return new FieldSource.Key(null);
        }
        if (pointer.isEmpty() || (pointer.startsWith("/") && Places.isPointer(pointer))) {
            return new FieldSource.Key(pointer);
        }
        String cure = "write {key: true} for the whole key, or {key: /id} for a value in a key that is JSON";
        source.problem("key", "must be true or a JSON pointer, got \"" + pointer + '"', cure);
        return null;
    }

    private static FieldSource constant(Section source) {
        String text = source.text("constant");
        if (text == null) {
            return null;
        }
        if (Names.fault(text) != null) {
            String cure = "use 1 to " + Names.MAX_CHARS + " characters, no control character";
            source.problem("constant", Names.fault(text), cure);
        }
        return new FieldSource.Constant(text);
    }

    private FieldSource join(Section source) {
        Section list = source.list("join");
        List<FieldSource> members = new ArrayList<>();
        for (String item : list.keys()) {
            FieldSource member = read(list, item);
            if (member != null) {
                members.add(member);
            }
        }
        if (source.isList("join") && list.keys().isEmpty()) {
            source.problem("join", "is empty", "write for instance [/gateway, /node]");
        }
        String separator = source.has("separator") ? source.text("separator") : "";
        return new FieldSource.Join(List.copyOf(members), separator == null ? "" : separator);
    }
}

package dev.weir.testing.catalogtest;

import dev.weir.config.parse.NearestKey;
import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping of a test file. What is wrong in it becomes a problem with its line, and reads as null. */
final class Keys {
    private final String file;
    private final YamlNode.Mapping mapping;
    private final Problems problems;

    /** @param known the keys that the mapping may have; empty if it may have any */
    Keys(String file, YamlNode.Mapping mapping, Problems problems, List<String> known) {
        this.file = file;
        this.mapping = mapping;
        this.problems = problems;
        for (String key : known.isEmpty()
                ? List.<String>of()
                : List.copyOf(mapping.entries().keySet())) {
            if (!known.contains(key)) {
                problem(key, "is no key here", NearestKey.cure(key, known));
            }
        }
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    List<String> names() {
        return List.copyOf(mapping.entries().keySet());
    }

    YamlNode node(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    void problem(String key, String message, String cure) {
        YamlNode.Entry entry = mapping.entries().get(key);
        problems.add(file + ":" + (entry == null ? mapping.line() : entry.line()), key + " " + message, cure);
    }

    /** Returns the text; null if the key is absent. */
    String text(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && !scalar.empty()) {
            return scalar.text();
        }
        problem(key, "must be a text", "write " + key + ": <text>");
        return null;
    }

    String required(String key) {
        if (!has(key)) {
            problem(key, "is missing", "write " + key + ": <text>");
        }
        return text(key);
    }

    /** Returns the whole number; null if the key is absent. */
    Long whole(String key) {
        String text = text(key);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            problem(key, "must be a whole number, got \"" + text + "\"", "write for instance 1");
            return null;
        }
    }

    /** Returns the number; null if the key is absent. */
    Double number(String key) {
        String text = text(key);
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            problem(key, "must be a number, got \"" + text + "\"", "write for instance 21.5");
            return null;
        }
    }

    /** Returns the instant in epoch microseconds UTC; null if the key is absent. */
    Long micros(String key) {
        String text = text(key);
        try {
            return text == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
        } catch (DateTimeParseException e) {
            problem(key, "must be an instant, got \"" + text + "\"", "write for instance 2026-03-02T08:00:00Z");
            return null;
        }
    }

    /** Returns the items of a list; empty if the key is absent. */
    List<YamlNode> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (node(key) instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        problem(key, "must be a list", "write each item on a line that begins with -");
        return List.of();
    }

    /** Returns the mapping under the key; an empty one if it is absent. */
    Keys below(String key, List<String> known) {
        if (node(key) instanceof YamlNode.Mapping below) {
            return new Keys(file, below, problems, known);
        }
        if (has(key)) {
            problem(key, "must hold keys", "write " + key + ": {<key>: <value>}");
        }
        return new Keys(file, new YamlNode.Mapping(mapping.line(), Map.of()), problems, known);
    }

    /** Returns the items of a list as mappings. */
    List<Keys> entries(String key, List<String> known) {
        return list(key).stream()
                .filter(item -> {
                    if (!(item instanceof YamlNode.Mapping)) {
                        problems.add(file + ":" + item.line(), key + " must hold mappings", "write - {<key>: <value>}");
                    }
                    return item instanceof YamlNode.Mapping;
                })
                .map(item -> new Keys(file, (YamlNode.Mapping) item, problems, known))
                .toList();
    }

    /** Returns every text of the mapping by its key. A list of texts is one text, with semicolons. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : names()) {
            String text = node(key) instanceof YamlNode.Sequence ? String.join(";", items(key)) : text(key);
            if (text != null) {
                texts.put(key, text);
            }
        }
        return texts;
    }

    /** Returns the texts of a list. */
    List<String> items(String key) {
        return list(key).stream()
                .map(item -> item instanceof YamlNode.Scalar scalar ? scalar.text() : "")
                .toList();
    }
}

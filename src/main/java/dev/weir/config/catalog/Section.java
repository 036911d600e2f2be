package dev.weir.config.catalog;

import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.parse.Durations;
import dev.weir.config.parse.NearestKey;
import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One mapping of the catalog, or one list, whose items have the keys [0], [1] and so on. An absent value reads as null. A wrong value adds
 * a problem at its line and reads as null, too.
 */
final class Section {
    private final String file;
    private final String path;
    private final Shape shape;
    private final YamlNode.Mapping mapping;
    private final Problems problems;

    /** @param shape of the mapping: {@link Shape.Keys} or {@link Shape.MapOf}; of a list: {@link Shape.ListOf} */
    Section(String file, String path, Shape shape, YamlNode.Mapping mapping, Problems problems) {
        this.file = file;
        this.path = path;
        this.shape = shape;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Returns where the mapping stands in the catalog, for messages: {@code inputs[0].fields}. */
    String path() {
        return path;
    }

    /** Adds a problem for each key that is unknown here. */
    void refuseUnknownKeys() {
        List<String> known = ((Keys) shape).names();
        mapping.entries().forEach((key, entry) -> {
            Shape.Elsewhere elsewhere = ((Keys) shape).elsewhere(key);
            if (elsewhere != null) {
                problem(key, elsewhere.message(), elsewhere.cure());
            } else if (!known.contains(key)) {
                problem(key, "is not a key of the catalog", NearestKey.cure(key, known));
            }
        });
    }

    /** Returns whether one of the keys has its place elsewhere, for which there is a problem already. */
    boolean hasElsewhere() {
        return mapping.entries().keySet().stream().anyMatch(key -> ((Keys) shape).elsewhere(key) != null);
    }

    /** Returns the known key of that name. Fails for any other, which is a mistake in the reader. */
    private CatalogKey known(String key) {
        return Objects.requireNonNull(((Keys) shape).key(key), () -> pathOf(key) + " is not in CatalogKeys");
    }

    /** Returns whether the catalog's version has the key. */
    boolean knows(String key) {
        return ((Keys) shape).key(key) != null;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** Adds a problem at the key's line, or at the section's if the key is absent. */
    void problem(String key, String message, String cure) {
        YamlNode.Entry entry = mapping.entries().get(key);
        problemAt(entry == null ? mapping.line() : entry.line(), key, message, cure);
    }

    /** Adds a note at the key's line about a value that is no mistake. */
    void note(String key, String message) {
        YamlNode.Entry entry = mapping.entries().get(key);
        problems.note(file + ":" + (entry == null ? mapping.line() : entry.line()), pathOf(key) + " " + message);
    }

    /** Returns where the key's value stands in the catalog, for messages. */
    String pathOf(String key) {
        return path.isEmpty() || shape instanceof Shape.ListOf ? path + key : path + "." + key;
    }

    private void problemAt(int line, String key, String message, String cure) {
        problems.add(file + ":" + line, pathOf(key) + " " + message, cure);
    }

    private YamlNode node(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? null : entry.value();
    }

    String require(String key, String cure) {
        if (!has(key)) {
            problem(key, "is missing", cure);
        }
        return text(key);
    }

    String text(String key) {
        if (!has(key)) {
            return null;
        }
        if (node(key) instanceof YamlNode.Scalar scalar && !scalar.empty()) {
            return scalar.text();
        }
        problem(key, "must be a text", textCure(key));
        return null;
    }

    private String textCure(String key) {
        if (shape instanceof Shape.ListOf) {
            return "write [a, b]; an empty text is \"\"";
        }
        boolean later = isMapping(key) && shapeOf(key).equals(CatalogTexts.FIELD);
        String cure = "write " + key + ": <text>, or remove it";
        return later ? cure + "; version: 2 also takes a mapping there" : cure;
    }

    String name(String key) {
        String text = text(key);
        if (text != null && text.isEmpty()) {
            problem(key, "is empty", "name a field, or remove it");
            return null;
        }
        return text;
    }

    /** Returns the word, or the default if the key is absent or wrong; null if there is no default. */
    String word(String key) {
        CatalogKey known = known(key);
        Shape.Word words = (Shape.Word) known.shape();
        List<String> allowed = words.allowed();
        String absent = known.absent().isEmpty() ? null : known.absent();
        String text = text(key);
        if (text != null && !allowed.contains(text)) {
            problem(
                    key,
                    "must be " + String.join(" or ", allowed) + ", got \"" + text + "\"",
                    words.later().contains(text)
                            ? "version: 2 has " + text + "; it takes a list of inputs in place of input"
                            : NearestKey.cure(text, allowed));
            return absent;
        }
        return text == null ? absent : text;
    }

    boolean bool(String key) {
        return word(key).equals("true");
    }

    Double number(String key) {
        String text = text(key);
        return text == null ? null : number(key, text);
    }

    private Double number(String key, String text) {
        try {
            double number = new BigDecimal(text.trim()).doubleValue();
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers that are too large.
        }
        problem(key, "must be a number, got \"" + text + "\"", "write for instance 21.5");
        return null;
    }

    List<Double> numbers(String key) {
        List<Double> numbers = new ArrayList<>();
        if (has(key) && !(node(key) instanceof YamlNode.Sequence)) {
            problem(key, "must be a list of numbers", "write for instance [-9999]");
            return numbers;
        }
        for (String text : texts(key)) {
            Double number = number(key, text);
            if (number != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Returns the items of a list, or the one text; empty if absent. */
    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (!(node(key) instanceof YamlNode.Sequence sequence)) {
            String text = text(key);
            return text == null ? List.of() : List.of(text);
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            if (item instanceof YamlNode.Scalar scalar && !scalar.empty()) {
                texts.add(scalar.text());
            } else {
                problemAt(item.line(), key, "must be a list of texts", "write [a, b]; an empty text is \"\"");
            }
        }
        return texts;
    }

    Duration duration(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            problem(key, "is wrong: " + e.getMessage(), Durations.CURE);
            return null;
        }
    }

    /** Returns the mapping under the key; an empty one if it is absent or wrong. */
    Section section(String key) {
        YamlNode node = node(key);
        // The key's own line, because that is where a missing entry belongs.
        int line = has(key) ? mapping.entries().get(key).line() : mapping.line();
        YamlNode.Mapping nested = new YamlNode.Mapping(line, Map.of());
        if (node instanceof YamlNode.Mapping found) {
            nested = new YamlNode.Mapping(line, found.entries());
        } else if (node != null && !(node instanceof YamlNode.Scalar scalar && scalar.empty())) {
            String cure =
                    shape instanceof Shape.ListOf ? "write {<key>: <value>}" : "write " + key + ": {<key>: <value>}";
            problem(key, "must hold keys", cure);
        }
        return new Section(file, pathOf(key), Shape.mapping(shapeOf(key)), nested, problems);
    }

    /** Returns the list under the key, whose items have the keys [0], [1] and so on; an empty one if it is absent or wrong. */
    Section list(String key) {
        Map<String, YamlNode.Entry> items = new LinkedHashMap<>();
        if (node(key) instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                items.put("[" + items.size() + "]", new YamlNode.Entry(item.line(), item));
            }
        } else if (has(key)) {
            problem(
                    key,
                    "must be a list",
                    "write [<item>, <item>], or each item on a line of its own that begins with -");
        }
        int line = has(key) ? mapping.entries().get(key).line() : mapping.line();
        YamlNode.Mapping nested = new YamlNode.Mapping(line, items);
        return new Section(file, pathOf(key), Shape.list(shapeOf(key)), nested, problems);
    }

    private Shape shapeOf(String key) {
        if (shape instanceof Shape.ListOf list) {
            return list.item();
        }
        return shape instanceof Shape.MapOf map ? map.value() : known(key).shape();
    }

    boolean isList(String key) {
        return node(key) instanceof YamlNode.Sequence;
    }

    boolean isMapping(String key) {
        return node(key) instanceof YamlNode.Mapping;
    }
}

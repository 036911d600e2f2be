package dev.weir.config.catalog;

import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.parse.Durations;
import dev.weir.config.parse.NearestKey;
import dev.weir.config.parse.Problems;
import dev.weir.config.parse.YamlNode;
import dev.weir.core.catalog.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One mapping of the catalog. An absent value reads as null. A wrong value adds a problem at its line and reads as null, too. */
final class Section {
    private static final Pattern RATE = Pattern.compile("([^/\\s]+)\\s*/\\s*([1-9][0-9]{0,8})?\\s*(ms|s|min|h|d)");
    private static final String RATE_CURE = "write for instance 10/min, 50/s or 5/10s; units: ms, s, min, h, d";

    private final String file;
    private final String path;
    private final Shape shape;
    private final YamlNode.Mapping mapping;
    private final Problems problems;

    /** @param shape of the mapping: {@link Shape.Keys} or {@link Shape.MapOf} */
    Section(String file, String path, Shape shape, YamlNode.Mapping mapping, Problems problems) {
        this.file = file;
        this.path = path;
        this.shape = shape;
        this.mapping = mapping;
        this.problems = problems;
    }

    /** Adds a problem for each key that is unknown here. */
    void refuseUnknownKeys() {
        List<String> known = ((Keys) shape).names();
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problem(key, "is not a key of the catalog", NearestKey.cure(key, known));
            }
        });
    }

    /** Returns the known key of that name. Fails for any other, which is a mistake in the reader. */
    private CatalogKey known(String key) {
        return Objects.requireNonNull(((Keys) shape).key(key), () -> name(path, key) + " is not in CatalogKeys");
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
        problems.note(file + ":" + (entry == null ? mapping.line() : entry.line()), name(path, key) + " " + message);
    }

    private static String name(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void problemAt(int line, String key, String message, String cure) {
        problems.add(file + ":" + line, name(path, key) + " " + message, cure);
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
        problem(key, "must be a text", "write " + key + ": <text>, or remove it");
        return null;
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
        List<String> allowed = ((Shape.Word) known.shape()).allowed();
        String absent = known.absent().isEmpty() ? null : known.absent();
        String text = text(key);
        if (text != null && !allowed.contains(text)) {
            problem(
                    key,
                    "must be " + String.join(" or ", allowed) + ", got \"" + text + "\"",
                    NearestKey.cure(text, allowed));
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

    Rate rate(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Matcher matcher = RATE.matcher(text.trim());
        try {
            if (matcher.matches()) {
                BigDecimal amount = new BigDecimal(matcher.group(1));
                String count = matcher.group(2) == null ? "1" : matcher.group(2);
                Duration per = Durations.parse(count + " " + matcher.group(3));
                // The double also bounds the exponent, so that later code never expands a number to a million digits.
                if (amount.doubleValue() > 0 && Double.isFinite(amount.doubleValue())) {
                    return new Rate(amount, per);
                }
                problem(key, "must be positive, got " + text, RATE_CURE);
                return null;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        problem(key, "must be a rate, got \"" + text + "\"", RATE_CURE);
        return null;
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
            problem(key, "must hold keys", "write " + key + ": {<key>: <value>}");
        }
        return new Section(file, name(path, key), below(key), nested, problems);
    }

    private Shape below(String key) {
        if (shape instanceof Shape.MapOf map) {
            return map.value();
        }
        Shape below = known(key).shape();
        return below instanceof Shape.TextOrKeys either ? either.keys() : below;
    }

    boolean isMapping(String key) {
        return node(key) instanceof YamlNode.Mapping;
    }
}

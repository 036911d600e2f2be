package dev.weir.config.catalog;

import java.util.List;

/** The kind of value at a key of the catalog. {@link Section} reads each kind; the reference and the JSON Schema are generated from it. */
public sealed interface Shape {

    /**
     * A text; numbers and booleans without quotes are texts, too.
     *
     * @param name of the kind of text, for instance {@code duration}
     * @param pattern regular expression that finds something in every text that is accepted, in the syntax that ECMAScript and Java share
     */
    record Text(String name, String pattern) implements Shape {}

    /** One of a few words. */
    record Word(List<String> allowed) implements Shape {}

    /** A number that a double holds. */
    record Number() implements Shape {}

    /** A whole number from 1 on that a long holds. */
    record Count() implements Shape {}

    /**
     * A list, of at least so many items.
     *
     * @param single whether an item may stand alone, without a list
     * @param distinct whether an item may come only once
     */
    record ListOf(Shape item, int least, boolean single, boolean distinct) implements Shape {}

    /**
     * A mapping whose keys are the user's own.
     *
     * @param key name of the keys, for instance {@code metric}
     * @param keyPattern as {@link Text#pattern}
     * @param least number of keys
     */
    record MapOf(String key, String keyPattern, int least, Shape value) implements Shape {}

    /**
     * A mapping with known keys.
     *
     * @param path from the catalog's root, joined with dots; empty for the root
     * @param introduction what the keys have in common, for the reference; may hold Markdown
     */
    record Keys(String path, String introduction, List<CatalogKey> keys) implements Shape {

        /** Returns the names of the keys, in the order of the reference. */
        List<String> names() {
            return keys.stream().map(CatalogKey::name).toList();
        }

        /** Returns the key of that name; null for none. */
        CatalogKey key(String name) {
            return keys.stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A text, or a mapping with details. */
    record TextOrKeys(Text text, Keys keys) implements Shape {}
}

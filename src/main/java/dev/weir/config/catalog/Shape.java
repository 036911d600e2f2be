package dev.weir.config.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The kind of value at a key of the catalog. {@link Section} reads each kind; the reference and the JSON Schema are generated from it. */
public sealed interface Shape {

    /**
     * A text; numbers and booleans without quotes are texts, too.
     *
     * @param name of the kind of text, for instance {@code duration}
     * @param pattern regular expression that finds something in every text that is accepted, in the syntax that ECMAScript and Java share
     */
    record Text(String name, String pattern) implements Shape {}

    /**
     * One of a few words.
     *
     * @param later words that are refused here because only version 2 has them
     */
    record Word(List<String> allowed, List<String> later) implements Shape {
        Word(List<String> allowed) {
            this(allowed, List.of());
        }
    }

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
     * @param path from the catalog's root, joined with dots, {@code []} after a list; empty for the root
     * @param introduction what the keys have in common, for the reference; may hold Markdown
     * @param elsewhere keys that have their place elsewhere
     */
    record Keys(String path, String introduction, List<CatalogKey> keys, List<Elsewhere> elsewhere) implements Shape {
        Keys(String path, String introduction, List<CatalogKey> keys, Elsewhere... elsewhere) {
            this(path, introduction, keys, List.of(elsewhere));
        }

        /** Returns the names of the keys, in the order of the reference. */
        List<String> names() {
            return keys.stream().map(CatalogKey::name).toList();
        }

        /** Returns where the key has its place; null if it is no such key. */
        Elsewhere elsewhere(String name) {
            return elsewhere.stream()
                    .filter(place -> place.names().contains(name))
                    .findFirst()
                    .orElse(null);
        }

        /** Returns the key of that name; null for none. */
        CatalogKey key(String name) {
            return keys.stream()
                    .filter(key -> key.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Keys that are refused in a mapping with a message of their own, because they exist elsewhere in the catalog. */
    record Elsewhere(Set<String> names, String message, String cure) {}

    /** One of several shapes, of which at most one is a mapping. */
    record OneOf(List<Shape> options) implements Shape {
        OneOf(Shape... options) {
            this(List.of(options));
        }
    }

    /** A shape with a name, which may contain itself. */
    record Named(String name, Supplier<Shape> target) implements Shape {}

    /** Returns the mapping that the shape is or may be; null for none. */
    static Shape mapping(Shape shape) {
        if (shape instanceof Named named) {
            return mapping(named.target().get());
        }
        if (shape instanceof OneOf either) {
            return either.options().stream()
                    .map(Shape::mapping)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
        return shape instanceof Keys || shape instanceof MapOf ? shape : null;
    }

    /** Returns the list that the shape is or may be; null for none. */
    static ListOf list(Shape shape) {
        if (shape instanceof OneOf either) {
            return either.options().stream()
                    .map(Shape::list)
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
        return shape instanceof ListOf list ? list : null;
    }
}

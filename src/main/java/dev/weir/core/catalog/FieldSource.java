package dev.weir.core.catalog;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a part of a reading comes from. {@link #toString} is the source as a catalog writes it, for messages and fingerprints, so it is
 * part of the verdict rules and must not change.
 *
 * <p>A source gives a text, a number, a boolean, or nothing. An event without it "lacks the field".
 */
public sealed interface FieldSource extends Serializable {

    /**
     * A field of the item: the name of a JSON member, Avro field or CSV column, or a JSON pointer that starts at the item.
     *
     * @param name a name; {@code ""} for the item itself; or a pointer, which begins with {@code /}. Each {@code ^} in front of a pointer
     *     climbs to the enclosing item
     */
    record Field(String name) implements FieldSource {

        /** Returns how many enclosing items the pointer climbs to. */
        public int climbs() {
            int climbs = 0;
            while (climbs < name.length() && name.charAt(climbs) == '^') {
                climbs++;
            }
            boolean pointer = climbs == name.length() || name.charAt(climbs) == '/';
            return pointer ? climbs : 0;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The record's key as UTF-8 text, or a value in a key that is JSON.
     *
     * @param pointer a JSON pointer into the key; null for the whole key as a text
     */
    record Key(String pointer) implements FieldSource {
        @Override
        public String toString() {
            return "{key: " + (pointer == null ? "true" : pointer) + '}';
        }
    }

    /** The last header of that name, as UTF-8 text. */
    record Header(String name) implements FieldSource {
        @Override
        public String toString() {
            return "{header: " + name + '}';
        }
    }

    /**
     * What a regular expression captures in the topic's name.
     *
     * @param regex matches the whole name and has one group
     */
    record Topic(String regex) implements FieldSource {
        @Override
        public String toString() {
            return "{topic: " + regex + '}';
        }
    }

    /**
     * What a regular expression captures in the URI of the file that the event is a row of.
     *
     * @param regex matches the whole URI and has one group
     */
    record Path(String regex) implements FieldSource {
        @Override
        public String toString() {
            return "{path: " + regex + '}';
        }
    }

    /** The same text for every event. */
    record Constant(String text) implements FieldSource {
        @Override
        public String toString() {
            return "{constant: " + text + '}';
        }
    }

    /** The texts of several sources, in order. If one is missing, so is the whole. */
    record Join(List<FieldSource> sources, String separator) implements FieldSource {
        @Override
        public String toString() {
            return "{join: " + sources.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"))
                    + ", separator: " + separator + '}';
        }
    }

    /**
     * What a regular expression captures in the text of another source. If it does not match, the field is absent.
     *
     * @param regex matches the whole text and has one group
     */
    record Match(FieldSource source, String regex) implements FieldSource {
        @Override
        public String toString() {
            return "{of: " + source + ", match: " + regex + '}';
        }
    }

    /** The record's timestamp. Only for the event time. */
    record Timestamp() implements FieldSource {
        @Override
        public String toString() {
            return "{timestamp: true}";
        }
    }

    /** Returns the source for a field's name or pointer; null for null. */
    static FieldSource field(String name) {
        return name == null ? null : new Field(name);
    }
}

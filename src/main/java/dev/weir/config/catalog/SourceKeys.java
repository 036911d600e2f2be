package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;

import dev.weir.config.catalog.Shape.Elsewhere;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.Named;
import dev.weir.config.catalog.Shape.OneOf;
import dev.weir.config.catalog.Shape.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys that say where a part of a reading comes from, in version 2 of the catalog. */
final class SourceKeys {
    /** Those of which a source has exactly one. */
    static final List<String> ORIGINS = List.of("field", "key", "header", "topic", "path", "constant", "join");

    /** A field, or a mapping that names another source. It may contain itself. */
    static final Named SOURCE = new Named("source", () -> SourceKeys.SHAPE);

    private static final List<CatalogKey> KEYS = List.of(
            optional(
                    "field",
                    CatalogTexts.PLACE,
                    "/device/id",
                    "A field of the item, as it may also stand alone, without a mapping."),
            optional(
                    "key",
                    new OneOf(new Word(List.of("true")), CatalogTexts.POINTER),
                    "true",
                    "`true`: the record's key as a text, in UTF-8. A pointer: the value there in a key that is JSON."),
            optional(
                    "header",
                    CatalogTexts.FULL,
                    "device",
                    "The record's header of that name as a text, in UTF-8; the last one if there are several."),
            optional(
                    "topic",
                    CatalogTexts.REGEX,
                    "\"zigbee\\\\.(.+)\"",
                    "What the one group of the regular expression captures in the topic's name. It has to match the whole name."),
            optional(
                    "path",
                    CatalogTexts.REGEX,
                    "'.*/([^/]+)/[^/]+\\.csv\\.gz'",
                    "What the one group of the regular expression captures in the URI of the file. It has to match the whole URI. Only"
                            + " beside [`files`](#inputsfiles)."),
            optional("constant", CatalogTexts.ANY, "north", "The same text for every event."),
            optional(
                    "join",
                    new ListOf(SOURCE, 1, false, false),
                    "[^/gateway, /node]",
                    "Several sources, whose texts are joined. If one is absent, so is the whole."),
            optional("separator", CatalogTexts.ANY, "/", "The text between those that `join` joins.")
                    .absent("\"\""),
            optional(
                    "match",
                    CatalogTexts.REGEX,
                    "\"sensor-([0-9]+)\"",
                    "What the one group of the regular expression captures in the source's text. If it does not match the whole text,"
                            + " the part is absent."));

    private static final Keys MAPPING = new Keys(
            "<source>",
            "Where a part of a reading comes from, if it is not a plain field. Exactly one of `field`, `key`, `header`, `topic`,"
                    + " `path`, `constant` and `join` is set.",
            KEYS,
            new Elsewhere(
                    Set.of("timestamp"),
                    "is only for the event time",
                    "write field, key, header, topic, path, constant or join"));

    private static final OneOf SHAPE = new OneOf(CatalogTexts.PLACE, MAPPING);

    static final Keys EVENT_TIME = eventTime();

    /** Returns the keys of a source with those of version 1, which say how a time is written. */
    private static Keys eventTime() {
        List<CatalogKey> keys = new ArrayList<>(KEYS);
        keys.removeIf(key -> key.name().equals("constant"));
        keys.add(optional(
                "timestamp", new Word(List.of("true")), "true", "`true`: the record's timestamp is the event time."));
        InputKeys.EVENT_TIME.keys().stream()
                .filter(key -> !key.name().equals("field"))
                .map(key -> key.name().equals("format") ? withMoreFormats(key) : key)
                .forEach(keys::add);
        return new Keys(
                "inputs[].fields.event-time",
                InputKeys.EVENT_TIME.introduction()
                        + " Exactly one of `field`, `fields`, `key`, `header`, `topic`, `path`, `join` and `timestamp` is set.",
                List.copyOf(keys),
                new Elsewhere(
                        Set.of("constant"),
                        "would give every event the same time",
                        "write for instance {field: <name>}, or {timestamp: true} for the record's timestamp"));
    }

    private static CatalogKey withMoreFormats(CatalogKey format) {
        return format.meaning(
                format.meaning()
                        + " Version 2 also has `epoch-nanos`, and `epoch-auto`, which tells the unit by the number's magnitude.");
    }

    private SourceKeys() {}
}

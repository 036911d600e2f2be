package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;
import static dev.weir.config.catalog.CatalogKey.required;

import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.OneOf;
import dev.weir.config.catalog.Shape.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The keys below {@code inputs}, which version 2 of the catalog has. */
final class InputsKeys {
    /** TLS settings of the registry's client, by Kafka's names. */
    static final List<String> TLS = List.of(
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.key.password");

    private static final Word BASE64 = new Word(List.of("base64"));

    static final Keys UNWRAP = new Keys(
            "inputs[].unwrap",
            "",
            List.of(
                    required("field", CatalogTexts.PLACE, "/payload", "The field whose text holds JSON."),
                    optional("encoding", BASE64, "base64", "How the text is encoded. Absent: not at all.")));

    private static final OneOf WRAPPED = new OneOf(CatalogTexts.PLACE, UNWRAP);

    static final Keys FIELDS = new Keys(
            "inputs[].fields",
            "",
            List.of(
                    required(
                            "sensor-id",
                            SourceKeys.SOURCE,
                            "{join: [/line, /device/id], separator: \"/\"}",
                            "What identifies the sensor."),
                    required(
                            "event-time",
                            new OneOf(CatalogTexts.PLACE, SourceKeys.EVENT_TIME),
                            "{field: ts, format: epoch-seconds}",
                            "The time of the measurement: a field, or a mapping that also says how it is written."),
                    optional(
                            "metric",
                            SourceKeys.SOURCE,
                            "metric",
                            "The metric's name. Required in the long layout, refused in the wide one."),
                    optional(
                            "value",
                            SourceKeys.SOURCE,
                            "value",
                            "The value. Required in the long layout, refused in the wide one."),
                    optional(
                            "unit",
                            SourceKeys.SOURCE,
                            "unit",
                            "The unit. A reading without a unit is in the metric's unit. Refused in the wide layout, where every"
                                    + " reading is in its metric's unit."),
                    optional(
                            "site",
                            SourceKeys.SOURCE,
                            "{topic: \"plant-(.+)\"}",
                            "The site of the sensor, which goes to the outputs.")));

    static final Keys CSV = new Keys(
            "inputs[].csv",
            InputKeys.CSV.introduction(),
            Stream.concat(
                            InputKeys.CSV.keys().stream().map(InputsKeys::withFirstLine),
                            Stream.of(
                                    optional(
                                                    "quote",
                                                    new OneOf(new Word(List.of("none")), CatalogTexts.LINE_CHARACTER),
                                                    "\"'\"",
                                                    "The character around a column that holds separators, or `none`.")
                                            .absent("'\"'"),
                                    optional(
                                            "skip",
                                            CatalogTexts.REGEX,
                                            "\"^#\"",
                                            "Drops the rows in which the regular expression is found, such as comments and repeated"
                                                    + " headers. They are no readings.")))
                    .toList());

    private static CatalogKey withFirstLine(CatalogKey key) {
        return key.name().equals("header")
                ? key.meaning(key.meaning() + " `first-line`, only for files: the first line of each file names them.")
                : key;
    }

    static final Keys REGISTRY = new Keys(
            "inputs[].avro.registry",
            "Access to the schema registry. Schemas are read from it, never registered.",
            registry());

    static final Keys AVRO = new Keys(
            "inputs[].avro",
            "Where the schemas of Avro bodies are. Exactly one of the two is set.",
            List.of(
                    optional(
                            "schema",
                            CatalogTexts.FULL,
                            "reading.avsc",
                            "A file with the schema of bodies that hold nothing but the data. The path is relative to the catalog."),
                    optional(
                            "registry",
                            REGISTRY,
                            "{url: \"https://registry:8081\"}",
                            "The registry of bodies that begin with a schema's id: in Confluent's form (a zero byte and 4 bytes) or"
                                    + " Apicurio's (a zero byte and 8 bytes).")));

    static final Keys INPUT = new Keys(
            "inputs[]",
            "An input describes the events of some topics. An event is one **item**, or `each` and `unwrap` lead from it to its items."
                    + " An item has one of two layouts. In the **long** layout it holds one reading, and `fields` says where its"
                    + " metric, value and unit are. In the **wide** layout it holds several readings, and `readings` says where each"
                    + " metric's value is.",
            input());

    private static List<CatalogKey> registry() {
        List<CatalogKey> keys = new ArrayList<>();
        keys.add(required(
                "url",
                CatalogTexts.FULL,
                "https://registry:8081",
                "The registry's address, without user and password."));
        keys.add(optional("user", CatalogTexts.FULL, "weir", "The user, for basic authentication."));
        keys.add(optional(
                "password",
                CatalogTexts.FULL,
                "\"${env:REGISTRY_PASSWORD}\"",
                "The user's password, or `${env:NAME}` for the value of an environment variable."));
        for (String name : TLS) {
            keys.add(optional(name, CatalogTexts.FULL, tlsExample(name), "As Kafka's `" + name + "`."));
        }
        return List.copyOf(keys);
    }

    private static String tlsExample(String name) {
        if (name.endsWith("password")) {
            return "\"${env:STORE_PASSWORD}\"";
        }
        return name.endsWith("type") ? "PEM" : "/etc/weir/registry.pem";
    }

    private static List<CatalogKey> input() {
        List<CatalogKey> keys = new ArrayList<>(List.of(
                optional(
                        "topics",
                        new ListOf(CatalogTexts.TOPIC, 1, true, true),
                        "[plant-1, plant-2]",
                        "The topics whose events look like this. With neither this nor `topic-pattern`: every topic that no other"
                                + " input takes. One input may be without both."),
                optional(
                        "topic-pattern",
                        CatalogTexts.REGEX,
                        "\"plant-.*\"",
                        "A regular expression that matches the whole name of each such topic. Inputs that name a topic come first,"
                                + " then the first pattern that matches it."),
                required(
                        "format",
                        new Word(List.of("json", "csv", "avro", "senml", "parquet")),
                        "json",
                        "How the bytes of an event are written. `senml` is RFC 8428 in JSON: its records are the items, with the base"
                                + " fields resolved, and have the fields `n`, `u`, `v`, `vb`, `vs` and `t`. `parquet` is only for"
                                + " files, which may also be `json` (a value a line, or one array), `csv` or `avro` (container"
                                + " files)."),
                optional(
                        "unwrap",
                        new OneOf(CatalogTexts.PLACE, UNWRAP, new ListOf(WRAPPED, 1, false, false)),
                        "/payload",
                        "A field whose text holds JSON, which is read in its place. A list for JSON in JSON in JSON."),
                optional("encoding", BASE64, "base64", "How the one text at `unwrap` is encoded. Absent: not at all."),
                optional(
                        "each",
                        new ListOf(CatalogTexts.PLACE, 1, true, false),
                        "/readings",
                        "A pointer to an array, each of whose elements is an item. `\"\"` is the event itself. A list for arrays in"
                                + " arrays. It starts where `unwrap` leads to."),
                required(
                        "fields",
                        FIELDS,
                        "{sensor-id: id, event-time: ts, metric: name, value: value}",
                        "Where the parts of a reading come from. Pointers start at the item; each `^` in front of a pointer climbs to"
                                + " what is around, and the last one to the event."),
                optional(
                        "readings",
                        new MapOf("metric", "", 1, SourceKeys.SOURCE),
                        "{temperature: temperature, humidity: /air/humidity}",
                        "The wide layout: where each metric's value comes from. `\"*\": /object` takes each number, text and boolean of"
                                + " that object as a reading that is named after its key; `\"\"` is the item itself. Names in nested"
                                + " objects are joined with a dot. Fields that are mapped otherwise are left out."),
                optional(
                        "csv",
                        CSV,
                        "{header: [sensor_id, event_time, temperature], separator: \";\"}",
                        "The columns of a row. Required with `format: csv`, refused otherwise."),
                optional(
                        "avro",
                        AVRO,
                        "{registry: {url: \"https://registry:8081\"}}",
                        "Where the schemas are. Required with `format: avro`, refused otherwise, and for files, which hold"
                                + " their schema.")));
        keys.add(2, FilesKeys.KEY);
        InputKeys.INPUT.keys().stream()
                .filter(key -> key.name().equals("null-values") || key.name().equals("lenient-numbers"))
                .forEach(keys::add);
        keys.add(optional(
                        "decimal-separator",
                        CatalogTexts.MARK,
                        "\",\"",
                        "The character before the decimals of a number that is written in a text.")
                .absent("\".\""));
        keys.add(optional(
                "grouping-separator",
                CatalogTexts.MARK,
                "\"'\"",
                "The character between the thousands of a number that is written in a text. Absent: none."));
        return List.copyOf(keys);
    }

    private InputsKeys() {}
}

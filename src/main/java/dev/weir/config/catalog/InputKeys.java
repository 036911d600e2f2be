package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;
import static dev.weir.config.catalog.CatalogKey.required;

import dev.weir.config.catalog.Shape.Elsewhere;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.OneOf;
import dev.weir.config.catalog.Shape.Text;
import dev.weir.config.catalog.Shape.Word;
import java.util.List;
import java.util.Set;

/** The keys below {@code input}, which version 1 of the catalog has. */
final class InputKeys {
    /** Says that version 2 has those keys. */
    static Elsewhere inVersion2(String... keys) {
        return new Elsewhere(
                Set.of(keys),
                "is a key of version 2",
                "write version: 2, and a list of inputs in place of input, or remove it");
    }

    static final Keys EVENT_TIME = new Keys(
            "input.fields.event-time",
            "For an event time that a plain field name does not describe. Event times are kept in microseconds; finer digits are cut off.",
            List.of(
                    optional(
                            "field",
                            CatalogTexts.FIELD,
                            "event_time",
                            "The field with the time. Set either this or `fields`."),
                    optional(
                            "fields",
                            new ListOf(CatalogTexts.FIELD, 1, true, false),
                            "[year, month, day, hour]",
                            "Several fields that make up the time. Their texts are joined with a space before they are read, so"
                                    + " `format` has to be set."),
                    optional(
                                    "format",
                                    new ListOf(CatalogTexts.TIME_FORMAT, 1, true, true),
                                    "[epoch-millis, \"yyyy-MM-dd HH:mm:ss\"]",
                                    "How the time is written, or a list of formats that are tried in order: `epoch-seconds`,"
                                            + " `epoch-millis`, `epoch-micros`, `iso-8601`, or a pattern of Java's"
                                            + " `DateTimeFormatter`. `iso-8601` also takes a space for the T.")
                            .absent("[iso-8601, epoch-millis]"),
                    optional(
                                    "zone",
                                    CatalogTexts.TIME_ZONE,
                                    "Asia/Shanghai",
                                    "The time zone of a text that names none: a name such as `Asia/Shanghai`, or an offset such as"
                                            + " `+08:00`.")
                            .absent("UTC"),
                    optional(
                                    "overlap",
                                    new Word(List.of("earlier", "later", "advance")),
                                    "advance",
                                    "Which instant a local time means that comes twice, when clocks go back. `advance` takes the"
                                            + " later one for a reading whose earlier one is not after its series clock. Only"
                                            + " with a `zone` whose clocks change.")
                            .absent("earlier")),
            inVersion2("key", "header", "topic", "path", "constant", "join", "separator", "match", "timestamp"));

    static final Keys FIELDS = new Keys(
            "input.fields",
            "",
            List.of(
                    required("sensor-id", CatalogTexts.FIELD, "/device/id", "The field that identifies the sensor."),
                    required(
                            "event-time",
                            new OneOf(CatalogTexts.FIELD, EVENT_TIME),
                            "{field: ts, format: epoch-seconds}",
                            "The field with the time of the measurement, or a mapping that also says how it is written."),
                    optional(
                            "metric",
                            CatalogTexts.FIELD,
                            "metric",
                            "The field with the metric's name. Required in the long layout, refused in the wide one."),
                    optional(
                            "value",
                            CatalogTexts.FIELD,
                            "value",
                            "The field with the value. Required in the long layout, refused in the wide one."),
                    optional(
                            "unit",
                            CatalogTexts.FIELD,
                            "unit",
                            "The field with the unit. A reading without a unit is in the metric's unit. Refused in the wide"
                                    + " layout, where every reading is in its metric's unit."),
                    optional(
                            "site",
                            CatalogTexts.FIELD,
                            "site",
                            "The field with the site of the sensor, which goes to the outputs.")));

    static final Keys CSV = new Keys(
            "input.csv",
            "A Kafka record is one row. A row with more columns than the header, or a record with several rows, is `MALFORMED`.",
            List.of(
                    required(
                            "header",
                            new ListOf(new Text("text", "^[\\s\\S]"), 1, true, true),
                            "[sensor_id, event_time, temperature]",
                            "The names of all columns, in order."),
                    optional(
                                    "separator",
                                    CatalogTexts.CHARACTER,
                                    "\";\"",
                                    "The character between two columns: no quote and no line break. A tab is `\"\\t\"`.")
                            .absent("\",\""),
                    optional(
                                    "short-rows",
                                    new Word(List.of("absent", "reject")),
                                    "reject",
                                    "What happens to a row with fewer columns than the header. `absent`: the last columns have no"
                                            + " value. `reject`: the row is `MALFORMED`.")
                            .absent("absent")),
            inVersion2("quote", "skip"));

    static final Keys INPUT = new Keys(
            "input",
            "An event has one of two layouts. In the **long** layout it holds one reading, and `fields` names the fields of its"
                    + " metric, value and unit. In the **wide** layout it holds several readings, and `readings` names a field for"
                    + " each metric.",
            List.of(
                    required(
                            "format",
                            new Word(List.of("json", "csv"), List.of("avro", "senml", "parquet")),
                            "json",
                            "How the bytes of an event are written."),
                    required(
                            "fields",
                            FIELDS,
                            "{sensor-id: id, event-time: ts, metric: name, value: value}",
                            "Where the parts of a reading are in the event."),
                    optional(
                            "readings",
                            new MapOf("metric", "", 1, CatalogTexts.FIELD),
                            "{temperature: temperature, humidity: /air/humidity}",
                            "The wide layout: the field of each metric's value."),
                    optional(
                            "csv",
                            CSV,
                            "{header: [sensor_id, event_time, temperature], separator: \";\"}",
                            "The columns of a row. Required with `format: csv`, refused with `format: json`."),
                    optional(
                                    "null-values",
                                    new ListOf(CatalogTexts.ANY, 0, true, false),
                                    "[\"\", NA, \"-\"]",
                                    "Texts that mean \"no value\". JSON's `null` always does.")
                            .absent("[\"\", NA, NAN]"),
                    optional(
                                    "lenient-numbers",
                                    CatalogTexts.SWITCH,
                                    "true",
                                    "Whether JSON may hold numbers as texts: `\"21.5\"`, `\".5\"`, and `\"21.5 °C\"` where the unit"
                                            + " is the metric's or converts into it. CSV always may.")
                            .absent("false")),
            inVersion2(
                    "topics",
                    "topic-pattern",
                    "files",
                    "unwrap",
                    "encoding",
                    "each",
                    "avro",
                    "decimal-separator",
                    "grouping-separator"));

    private InputKeys() {}
}

package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;
import static dev.weir.config.catalog.CatalogKey.required;

import dev.weir.config.catalog.Shape.Count;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.Number;
import dev.weir.config.catalog.Shape.Text;
import dev.weir.config.catalog.Shape.TextOrKeys;
import dev.weir.config.catalog.Shape.Word;
import dev.weir.core.model.Flag;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key of {@code catalog.yaml}, version 1. The readers refuse other keys and take allowed words and
 * defaults from here. {@code docs/catalog.md} and {@code docs/catalog.schema.json} are generated from it. Rules that involve two keys are
 * in the readers.
 */
public final class CatalogKeys {
    private static final String DECIMAL = "([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";
    /** A name or unit that the user chose. It has no control character in the sense of {@link Character#isISOControl}. */
    private static final String PLAIN = "[^\\u0000-\\u001f\\u007f-\\u009f]{1,255}$";

    /** A number in quotes. */
    public static final String NUMBER_PATTERN = "^\\s*[+-]?" + DECIMAL + "\\s*$";

    public static final Text ANY = new Text("text", "");
    /** A field's name, or a JSON pointer, in which ~ occurs only in ~0 and ~1. */
    public static final Text FIELD = new Text("field", "^([^/]|(/([^~/]|~[01])*)+$)");

    /** Accepts the forms of ISO 8601, too, as the reader does. */
    public static final Text DURATION = new Text("duration", "^\\s*(0|[0-9]+\\s*[A-Za-z\\u00b5]+|\\+?[Pp].+)\\s*$");

    public static final Text RATE = new Text(
            "rate", "^\\s*(?=[^/eE]*[1-9])\\+?" + DECIMAL + "\\s*/\\s*([1-9][0-9]{0,8})?\\s*(ms|s|min|h|d)\\s*$");
    public static final Text TIME_FORMAT = new Text("time format", "^[\\s\\S]");
    public static final Text TIME_ZONE = new Text("time zone", "^[\\s\\S]");
    /** Refuses C and F, which mean coulomb and farad in UCUM and not the temperatures that people mean. */
    public static final Text UNIT = new Text("unit", "^(?![CF]$)" + PLAIN);

    private static final Text CHARACTER = new Text("character", "^[^\"\\r\\n]$");
    private static final Word SWITCH = new Word(List.of("true", "false"));
    private static final Word ACTION = new Word(List.of("reject", "flag"));

    static final Keys EVENT_TIME = new Keys(
            "input.fields.event-time",
            "For an event time that a plain field name does not describe. Event times are kept in microseconds; finer digits are cut off.",
            List.of(
                    optional("field", FIELD, "event_time", "The field with the time. Set either this or `fields`."),
                    optional(
                            "fields",
                            new ListOf(FIELD, 1, true, false),
                            "[year, month, day, hour]",
                            "Several fields that make up the time. Their texts are joined with a space before they are read, so"
                                    + " `format` has to be set."),
                    optional(
                                    "format",
                                    new ListOf(TIME_FORMAT, 1, true, true),
                                    "[epoch-millis, \"yyyy-MM-dd HH:mm:ss\"]",
                                    "How the time is written, or a list of formats that are tried in order: `epoch-seconds`,"
                                            + " `epoch-millis`, `epoch-micros`, `iso-8601`, or a pattern of Java's"
                                            + " `DateTimeFormatter`. `iso-8601` also takes a space for the T.")
                            .absent("[iso-8601, epoch-millis]"),
                    optional(
                                    "zone",
                                    TIME_ZONE,
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
                            .absent("earlier")));

    static final Keys FIELDS = new Keys(
            "input.fields",
            "",
            List.of(
                    required("sensor-id", FIELD, "/device/id", "The field that identifies the sensor."),
                    required(
                            "event-time",
                            new TextOrKeys(FIELD, EVENT_TIME),
                            "{field: ts, format: epoch-seconds}",
                            "The field with the time of the measurement, or a mapping that also says how it is written."),
                    optional(
                            "metric",
                            FIELD,
                            "metric",
                            "The field with the metric's name. Required in the long layout, refused in the wide one."),
                    optional(
                            "value",
                            FIELD,
                            "value",
                            "The field with the value. Required in the long layout, refused in the wide one."),
                    optional(
                            "unit",
                            FIELD,
                            "unit",
                            "The field with the unit. A reading without a unit is in the metric's unit. Refused in the wide"
                                    + " layout, where every reading is in its metric's unit."),
                    optional(
                            "site",
                            FIELD,
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
                                    CHARACTER,
                                    "\";\"",
                                    "The character between two columns: no quote and no line break. A tab is `\"\\t\"`.")
                            .absent("\",\""),
                    optional(
                                    "short-rows",
                                    new Word(List.of("absent", "reject")),
                                    "reject",
                                    "What happens to a row with fewer columns than the header. `absent`: the last columns have no"
                                            + " value. `reject`: the row is `MALFORMED`.")
                            .absent("absent")));

    static final Keys INPUT = new Keys(
            "input",
            "An event has one of two layouts. In the **long** layout it holds one reading, and `fields` names the fields of its"
                    + " metric, value and unit. In the **wide** layout it holds several readings, and `readings` names a field for"
                    + " each metric.",
            List.of(
                    required(
                            "format",
                            new Word(List.of("json", "csv")),
                            "json",
                            "How the bytes of an event are written."),
                    required(
                            "fields",
                            FIELDS,
                            "{sensor-id: id, event-time: ts, metric: name, value: value}",
                            "Where the parts of a reading are in the event."),
                    optional(
                            "readings",
                            new MapOf("metric", "", 1, FIELD),
                            "{temperature: temperature, humidity: /air/humidity}",
                            "The wide layout: the field of each metric's value."),
                    optional(
                            "csv",
                            CSV,
                            "{header: [sensor_id, event_time, temperature], separator: \";\"}",
                            "The columns of a row. Required with `format: csv`, refused with `format: json`."),
                    optional(
                                    "null-values",
                                    new ListOf(ANY, 0, true, false),
                                    "[\"\", NA, \"-\"]",
                                    "Texts that mean \"no value\". JSON's `null` always does.")
                            .absent("[\"\", NA, NAN]"),
                    optional(
                                    "lenient-numbers",
                                    SWITCH,
                                    "true",
                                    "Whether JSON may hold numbers as texts: `\"21.5\"`, `\".5\"`, and `\"21.5 °C\"` where the unit"
                                            + " is the metric's or converts into it. CSV always may.")
                            .absent("false")));

    static final Keys ON = new Keys(
            "metrics.<metric>.on",
            "`reject` sends the reading to the dead letters. `flag` keeps it, sets a bit in `quality`, and counts it in the"
                    + " aggregates.",
            Stream.of(Flag.values()).map(CatalogKeys::on).toList());

    static final Keys METRIC = new Keys(
            "metrics.<metric>",
            "Limits are in the metric's unit and include their ends. The name of a metric has 1 to 255 characters. Rules are applied"
                    + " in the order of [reject-reasons.md](reject-reasons.md).",
            List.of(
                    optional(
                            "unit",
                            UNIT,
                            "Cel",
                            "The unit of the limits and of what is written: a UCUM code or a [common spelling](#units). Readings in"
                                    + " another unit of the same dimension are converted. It cannot change while the job has"
                                    + " state."),
                    optional(
                            "min",
                            new Number(),
                            "-40",
                            "The smallest good value. Below it a reading is `OUT_OF_RANGE`."),
                    optional(
                            "max",
                            new Number(),
                            "125",
                            "The greatest good value. Above it a reading is `OUT_OF_RANGE`."),
                    optional(
                            "max-rate",
                            RATE,
                            "10/min",
                            "The greatest good change against the latest accepted reading, over event time. Beyond it a reading is"
                                    + " `SPIKE`."),
                    optional(
                            "stuck-after",
                            DURATION,
                            "2 h",
                            "How long, in event time, the value may stay exactly the same. From then on a reading is `STUCK`."),
                    optional(
                            "sentinels",
                            new ListOf(new Number(), 0, false, false),
                            "[-9999]",
                            "Numbers that mean \"no value\", as the device sends them. They are `OUT_OF_RANGE`, and never flagged."),
                    optional(
                            "lateness",
                            DURATION,
                            "6 h",
                            "How far a reading may be behind the series clock, instead of `weir.time.lateness`; at least"
                                    + " `weir.time.disorder`. For a metric that comes with delay."),
                    optional("on", ON, "{spike: flag}", "What happens to a reading that breaks a limit."),
                    optional(
                                    "optional",
                                    SWITCH,
                                    "true",
                                    "Whether the metric may be absent or null in a wide event. Otherwise its reading is"
                                            + " `MISSING_FIELD`.")
                            .absent("false")));

    static final Keys QUOTA = new Keys(
            "quota",
            "A token bucket for each series, in event time: a series whose event times run faster than real time does not exceed it."
                    + " A reading beyond it is `RATE_LIMITED`.",
            List.of(
                    required("rate", RATE, "50/s", "How many readings a series may send over a long time."),
                    required("burst", new Count(), "500", "How many readings a series may send at once.")));

    /** The whole file. */
    public static final Keys ROOT = new Keys(
            "",
            "",
            List.of(
                    required("version", new Word(List.of("1")), "1", "The version of this form."),
                    required(
                            "input",
                            INPUT,
                            "{format: json, fields: {sensor-id: id, event-time: ts, metric: name, value: value}}",
                            "How an event is laid out."),
                    optional(
                            "metrics",
                            new MapOf("metric", "^" + PLAIN, 0, METRIC),
                            "{temperature: {unit: Cel, min: -40, max: 125}}",
                            "What the sensors measure, with limits. It may be empty only with `unknown-metric: accept`."),
                    optional(
                                    "unknown-metric",
                                    new Word(List.of("reject", "accept")),
                                    "accept",
                                    "What happens to a reading of a metric that `metrics` does not list. `reject`: it is"
                                            + " `UNKNOWN_METRIC`. `accept`: it is kept without limits, in the unit that is sent.")
                            .absent("reject"),
                    optional(
                            "quota",
                            QUOTA,
                            "{rate: 50/s, burst: 500}",
                            "How many readings a series may send. Without it there is no quota.")));

    private static CatalogKey on(Flag flag) {
        String meaning =
                switch (flag) {
                    case OUT_OF_RANGE -> "For a value outside `min` and `max`.";
                    case SPIKE -> "For a change faster than `max-rate`.";
                    case STUCK -> "For a value that stayed the same for `stuck-after`.";
                };
        return optional(flag.key(), ACTION, flag.isDefault() ? "reject" : "flag", meaning)
                .absent(flag.isDefault() ? "flag" : "reject");
    }

    private CatalogKeys() {}
}

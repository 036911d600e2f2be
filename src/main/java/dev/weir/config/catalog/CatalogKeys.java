package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogKey.optional;
import static dev.weir.config.catalog.CatalogKey.required;

import dev.weir.config.catalog.Shape.Count;
import dev.weir.config.catalog.Shape.Elsewhere;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.Number;
import dev.weir.config.catalog.Shape.Word;
import dev.weir.core.model.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every key of {@code catalog.yaml}, in both versions. The readers refuse other keys and take allowed words and
 * defaults from here. {@code docs/catalog.md} and {@code docs/catalog.schema.json} are generated from it. Rules that involve two keys are
 * in the readers.
 */
public final class CatalogKeys {
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
                            CatalogTexts.UNIT,
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
                            CatalogTexts.RATE,
                            "10/min",
                            "The greatest good change against the latest accepted reading, over event time. Beyond it a reading is"
                                    + " `SPIKE`."),
                    optional(
                            "stuck-after",
                            CatalogTexts.DURATION,
                            "2 h",
                            "How long, in event time, the value may stay exactly the same. From then on a reading is `STUCK`."),
                    optional(
                            "sentinels",
                            new ListOf(new Number(), 0, false, false),
                            "[-9999]",
                            "Numbers that mean \"no value\", as the device sends them. They are `OUT_OF_RANGE`, and never flagged."),
                    optional(
                            "lateness",
                            CatalogTexts.DURATION,
                            "6 h",
                            "How far a reading may be behind the series clock, instead of `weir.time.lateness`; at least"
                                    + " `weir.time.disorder`. For a metric that comes with delay."),
                    optional("on", ON, "{spike: flag}", "What happens to a reading that breaks a limit."),
                    optional(
                                    "optional",
                                    CatalogTexts.SWITCH,
                                    "true",
                                    "Whether the metric may be absent or null in a wide event. Otherwise its reading is"
                                            + " `MISSING_FIELD`.")
                            .absent("false")),
            InputKeys.inVersion2("values", "scale", "offset"));

    /** In version 2 of the catalog. */
    static final Keys METRIC_2 = withScaling(METRIC);

    static final Keys QUOTA = new Keys(
            "quota",
            "A token bucket for each series, in event time: a series whose event times run faster than real time does not exceed it."
                    + " A reading beyond it is `RATE_LIMITED`.",
            List.of(
                    required(
                            "rate", CatalogTexts.RATE, "50/s", "How many readings a series may send over a long time."),
                    required("burst", new Count(), "500", "How many readings a series may send at once.")));

    private static final String UNKNOWN_METRIC =
            "What happens to a reading of a metric that `metrics` does not list. `reject`: it is"
                    + " `UNKNOWN_METRIC`. `accept`: it is kept without limits, in the unit that is sent.";

    private static final CatalogKey SERIES_QUOTA = optional(
            "quota",
            QUOTA,
            "{rate: 50/s, burst: 500}",
            "How many readings a series may send. Without it there is no quota.");

    /** The whole file, version 1. */
    public static final Keys VERSION_1 = new Keys(
            "",
            "",
            List.of(
                    required("version", new Word(List.of("1")), "1", "The version of this form."),
                    required(
                            "input",
                            InputKeys.INPUT,
                            "{format: json, fields: {sensor-id: id, event-time: ts, metric: name, value: value}}",
                            "How an event is laid out."),
                    metrics(METRIC),
                    optional(
                                    "unknown-metric",
                                    new Word(List.of("reject", "accept"), List.of("ignore")),
                                    "accept",
                                    UNKNOWN_METRIC)
                            .absent("reject"),
                    SERIES_QUOTA),
            InputKeys.inVersion2("inputs"));

    /** The whole file, version 2. */
    public static final Keys VERSION_2 = new Keys(
            "",
            "",
            List.of(
                    required("version", new Word(List.of("2")), "2", "The version of this form."),
                    required(
                            "inputs",
                            new ListOf(InputsKeys.INPUT, 1, false, false),
                            "[{format: json, fields: {sensor-id: id, event-time: ts, metric: name, value: value}}]",
                            "How events are laid out, by topic."),
                    metrics(METRIC_2),
                    optional(
                                    "unknown-metric",
                                    new Word(List.of("reject", "accept", "ignore")),
                                    "accept",
                                    UNKNOWN_METRIC + " `ignore`: it is no reading, and is not counted.")
                            .absent("reject"),
                    SERIES_QUOTA),
            new Elsewhere(
                    Set.of("input"),
                    "is a key of version 1",
                    "write inputs: and below it a list, whose one item holds what input holds: - format: ..."));

    private static CatalogKey metrics(Keys metric) {
        return optional(
                "metrics",
                new MapOf("metric", CatalogTexts.NAMES, 0, metric),
                "{temperature: {unit: Cel, min: -40, max: 125}}",
                "What the sensors measure, with limits. It may be empty only with `unknown-metric: accept`.");
    }

    private static Keys withScaling(Keys metric) {
        List<CatalogKey> keys = new ArrayList<>(metric.keys());
        keys.add(optional(
                "values",
                new MapOf("text", "", 1, new Number()),
                "{\"ON\": 1, \"OFF\": 0, true: 1, false: 0}",
                "Numbers for texts, as the device sends them. `true` and `false` also stand for JSON's booleans. A text that is"
                        + " not listed is read as a number where numbers in texts are allowed. Only in version 2."));
        keys.add(optional(
                        "scale",
                        new Number(),
                        "0.1",
                        "What the number sent is multiplied with, before its unit is converted and its limits are judged. Only in"
                                + " version 2.")
                .absent("1"));
        keys.add(optional(
                        "offset",
                        new Number(),
                        "-40",
                        "What is added after the multiplication. Sentinels are compared with the number as sent. Only in version 2.")
                .absent("0"));
        return new Keys(metric.path(), metric.introduction(), List.copyOf(keys));
    }

    private static CatalogKey on(Flag flag) {
        String meaning =
                switch (flag) {
                    case OUT_OF_RANGE -> "For a value outside `min` and `max`.";
                    case SPIKE -> "For a change faster than `max-rate`.";
                    case STUCK -> "For a value that stayed the same for `stuck-after`.";
                };
        return optional(flag.key(), CatalogTexts.ACTION, flag.isDefault() ? "reject" : "flag", meaning)
                .absent(flag.isDefault() ? "flag" : "reject");
    }

    private CatalogKeys() {}
}

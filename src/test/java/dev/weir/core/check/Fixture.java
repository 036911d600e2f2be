package dev.weir.core.check;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Catalogs and events for the tests of this package; a record's timestamp is always {@link #NOW}. */
final class Fixture {
    static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");
    static final long NOW_MICROS = NOW.toEpochMilli() * 1000;
    static final long EARLIEST_MICROS = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli() * 1000;
    static final long SKEW_MICROS = 300_000_000L;
    static final Set<String> NULLS = Set.of("", "NA", "NAN");

    private Fixture() {}

    static Intake intake(Input input, Metric... metrics) {
        return intake(input, false, metrics);
    }

    static Intake intake(Input input, boolean acceptUnknown, Metric... metrics) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            byName.put(metric.name(), metric);
        }
        return new Intake(new Catalog(input, byName, acceptUnknown, null), EARLIEST_MICROS, SKEW_MICROS, Decoder::of);
    }

    static Input longJson(Input.EventTime time, boolean lenient) {
        return Input.flat(
                Input.Format.JSON,
                Input.Fields.named("sensor", time, "metric", "value", "unit", "site"),
                Map.of(),
                null,
                NULLS,
                lenient);
    }

    static Input longJson() {
        return longJson(time("epoch-millis"), false);
    }

    static Input wideJson(Map<String, String> readings) {
        return Input.flat(
                Input.Format.JSON,
                Input.Fields.named(
                        "/device/id",
                        Input.EventTime.named(List.of("ts"), List.of("epoch-millis"), "UTC"),
                        null,
                        null,
                        null,
                        "/device/place/0"),
                readings,
                null,
                NULLS,
                false);
    }

    static Input longCsv(char separator) {
        return Input.flat(
                Input.Format.CSV,
                Input.Fields.named("sensor", time("epoch-millis"), "metric", "value", "unit", "site"),
                Map.of(),
                new Input.Csv(List.of("sensor", "time", "metric", "value", "unit", "site", "note"), separator, false),
                NULLS,
                false);
    }

    static Input.EventTime time(String... formats) {
        return Input.EventTime.named(List.of("time"), List.of(formats), "UTC");
    }

    static Metric metric(String name, String unit, double min, double max) {
        return metric(name, unit, min, max, Action.REJECT, false);
    }

    static Metric metric(String name, String unit, double min, double max, Action onOutOfRange, boolean optional) {
        return new Metric(
                name,
                unit,
                new Metric.Limits(min, max, null, null, List.of(-9999.0)),
                Map.of(Flag.OUT_OF_RANGE, onOutOfRange),
                null,
                optional);
    }

    static Event event(String value) {
        return event(value.getBytes(StandardCharsets.UTF_8));
    }

    static Event event(byte[] value) {
        return new Event(new Origin("t", 0, 7, NOW.toEpochMilli()), new byte[] {1}, value);
    }

    /** An event of the long layout, with {@code time}, {@code value} and whatever follows as JSON. */
    static String json(String sensor, String metric, String time, String value, String more) {
        return "{\"sensor\":%s,\"metric\":%s,\"time\":%s,\"value\":%s%s}".formatted(sensor, metric, time, value, more);
    }

    static String reading(String value) {
        return json("\"s1\"", "\"temp\"", String.valueOf(NOW.toEpochMilli()), value, "");
    }
}

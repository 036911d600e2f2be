package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoils fields of a message: the faults that need no history. */
final class Spoiler {
    /** Factor and shift from a unit that the catalogs of {@link TestConfigs} use to another of its dimension. */
    private record Conversion(String unit, double factor, double shift) {}

    private static final Map<String, List<Conversion>> CONVERSIONS = Map.of(
            "Cel",
                    List.of(
                            new Conversion("[degF]", 1.8, 32),
                            new Conversion("°F", 1.8, 32),
                            new Conversion("°C", 1, 0),
                            new Conversion("degC", 1, 0),
                            new Conversion("K", 1, 273.15)),
            "%", List.of(new Conversion("1", 0.01, 0), new Conversion("percent", 1, 0)),
            "hPa",
                    List.of(
                            new Conversion("Pa", 100, 0),
                            new Conversion("kPa", 0.1, 0),
                            new Conversion("mbar", 1, 0),
                            new Conversion("bar", 0.001, 0),
                            new Conversion("daPa", 10, 0)),
            "V", List.of(new Conversion("mV", 1000, 0), new Conversion("W/A", 1, 0)));

    private static final List<String> BROKEN =
            List.of("", "{", "[1, 2]", "{\"a\":1} {\"a\":2}", "\"x", "a\nb\nc", "nul");

    private final Random random;
    private final Catalog catalog;
    private final Input input;
    private final int device;

    Spoiler(Random random, WeirConfig config, int device) {
        this.random = random;
        this.catalog = config.catalog();
        this.input = TestConfigs.inputOf(config, device);
        this.device = device;
    }

    /** Does nothing where the fault is none of the message's fields, or has no meaning for the metric. */
    void spoil(Message message, Fault fault, String metric) {
        Metric limits = catalog.metrics().get(metric);
        switch (fault) {
            case OUT_OF_RANGE -> outOfRange(message, limits);
            case AT_LIMIT -> put(message, metric, random.nextBoolean() ? limits.min() : limits.max());
            case SENTINEL -> {
                if (!limits.sentinels().isEmpty()) {
                    message.values.put(metric, pick(limits.sentinels()));
                }
            }
            case SPIKE -> put(message, metric, limits.min() + random.nextDouble() * (limits.max() - limits.min()));
            case MISSING_VALUE -> message.values.put(metric, random.nextBoolean() ? null : Message.ABSENT);
            case NULL_TEXT -> message.values.put(metric, pick(List.of("NA", "", "NAN")));
            case WRONG_TYPE_VALUE ->
                message.values.put(
                        metric,
                        pick(List.of(
                                "abc",
                                "21.5",
                                ".5",
                                "20.5 °C",
                                "50%",
                                "1013 mbar",
                                "\u0131nf",
                                "1d",
                                true,
                                new Message.RAW("{\"v\":1}"),
                                new Message.RAW("[1]"))));
            case NON_FINITE -> message.values.put(metric, new Message.RAW(pick(List.of("NaN", "1e999", "-1e999"))));
            case MISSING_SENSOR -> message.sensor = pick(List.of(Message.ABSENT, "NA"));
            case WRONG_TYPE_SENSOR -> message.sensor = wrongTypeSensor();
            case BAD_IDENTIFIER -> message.sensor = badIdentifier();
            case MISSING_METRIC -> message.metric = pick(List.of(Message.ABSENT, "NA", ""));
            case MISSING_TIME -> message.time = pick(List.of(Message.ABSENT, "NA"));
            case WRONG_TYPE_TIME -> message.time = pick(List.of("yesterday", true, "2024-13-01T00:00:00Z"));
            case OTHER_UNIT -> convert(message, metric, limits);
            case UNIT_MISMATCH -> message.unit = pick(List.of("lx", "furlong", 5));
            case UNKNOWN_METRIC -> message.metric = "colour" + random.nextInt(3);
            case MALFORMED -> replace(message, malformed());
            case TOMBSTONE -> replace(message, null);
            default -> {}
        }
    }

    /** In CSV it is a good name: then no other device may send it, for a series belongs to one partition. */
    private Object wrongTypeSensor() {
        return json() && random.nextBoolean() ? false : 1_000 + device;
    }

    private Object badIdentifier() {
        Object surrogate = json() ? new Message.RAW("\"\\ud83d\"") : "line\nend";
        return pick(List.of("", "x".repeat(256), "bell\u0007", surrogate));
    }

    private boolean json() {
        return input.format() != Input.Format.CSV;
    }

    private void outOfRange(Message message, Metric limits) {
        double beyond = 1e-6 + random.nextInt(50);
        put(message, limits.name(), random.nextBoolean() ? limits.min() - beyond : limits.max() + beyond);
    }

    private static void put(Message message, String metric, double value) {
        if (Double.isFinite(value)) {
            message.values.put(metric, value);
        }
    }

    private void convert(Message message, String metric, Metric limits) {
        boolean known = limits.unit() != null && CONVERSIONS.containsKey(limits.unit());
        if (known && message.values.get(metric) instanceof Double value) {
            Conversion other = pick(CONVERSIONS.get(limits.unit()));
            message.unit = other.unit();
            message.values.put(metric, value * other.factor() + other.shift());
        }
    }

    /** JSON that is none; of CSV some are rows with too few fields, which is another fault. */
    private byte[] malformed() {
        return random.nextInt(4) == 0
                ? new byte[] {'{', (byte) 0xC3, (byte) 0x28, '}'}
                : pick(BROKEN).getBytes(StandardCharsets.UTF_8);
    }

    private static void replace(Message message, byte[] bytes) {
        message.replaced = true;
        message.bytes = bytes;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

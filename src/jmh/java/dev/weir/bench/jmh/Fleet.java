package dev.weir.bench.jmh;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Rate;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.SeriesKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** What workload W1 sends: 10,000 sensors of 4 metrics, some of it broken. Seeded: each run sees the same. */
public final class Fleet {
    public static final long START_MILLIS = 1_700_000_000_000L;

    private static final int SENSORS = 10_000;
    private static final List<String> METRICS = List.of("temperature", "humidity", "pressure", "voltage");

    private Fleet() {}

    /** Spike and stuck are configured, so that they are checked. */
    static Catalog catalog() {
        Input input = Input.flat(
                Input.Format.JSON,
                Input.Fields.named(
                        "sensor_id",
                        Input.EventTime.named(List.of("event_time"), List.of("epoch-millis"), "UTC"),
                        "metric",
                        "value",
                        "unit",
                        "site"),
                Map.of(),
                null,
                Set.of("", "NA"),
                false);
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (String name : METRICS) {
            metrics.put(
                    name,
                    new Metric(
                            name,
                            "Cel",
                            new Metric.Limits(
                                    -40,
                                    125,
                                    new Rate(BigDecimal.TEN, Duration.ofSeconds(1)),
                                    Duration.ofSeconds(5),
                                    List.of()),
                            Map.of(Flag.SPIKE, Action.FLAG),
                            null,
                            false));
        }
        return new Catalog(input, metrics, false, null);
    }

    /** In W1's shares: 1 % out of range, 0.5 % null, 0.3 % without a sensor, 0.2 % cut off, the others right. */
    static Event[] events(int count) {
        Random random = new Random(1);
        Event[] events = new Event[count];
        for (int i = 0; i < count; i++) {
            byte[] value = json(random).getBytes(StandardCharsets.UTF_8);
            Origin origin = new Origin("sensors", i % 8, i, START_MILLIS + 5_000);
            events[i] = new Event(origin, null, value);
        }
        return events;
    }

    private static String json(Random random) {
        int kind = random.nextInt(1000);
        String value = String.format(Locale.ROOT, "%.2f", 15 + 10 * random.nextDouble());
        if (kind < 10) {
            value = "9999.9";
        } else if (kind < 15) {
            value = "null";
        }
        int sensor = random.nextInt(SENSORS);
        String id = kind >= 15 && kind < 18 ? "" : "\"sensor_id\":\"s-" + (100_000 + sensor) + "\",";
        String json = "{" + id + "\"metric\":\"" + METRICS.get(random.nextInt(METRICS.size())) + "\",\"event_time\":"
                + (START_MILLIS + random.nextInt(1000)) + ",\"value\":" + value + ",\"unit\":\"Cel\",\"site\":\"plant-"
                + sensor % 20 + "\"}";
        return kind >= 18 && kind < 20 ? json.substring(0, json.length() / 2) : json;
    }

    /** Accepted readings of all series, in the order of their times. */
    public static Reading[] readings(int count) {
        Random random = new Random(1);
        Reading[] readings = new Reading[count];
        for (int i = 0; i < count; i++) {
            int sensor = random.nextInt(SENSORS);
            readings[i] = new Reading(
                    series(sensor, random),
                    (START_MILLIS + i / 40) * 1_000,
                    Math.round(1500 + 1000 * random.nextDouble()) / 100.0,
                    "Cel",
                    "plant-" + sensor % 20,
                    0,
                    new Origin("sensors", sensor % 8, i, START_MILLIS + i / 40),
                    null,
                    null,
                    1);
        }
        return readings;
    }

    static Aggregate[] aggregates(int count) {
        Random random = new Random(1);
        Aggregate[] rows = new Aggregate[count];
        for (int i = 0; i < count; i++) {
            int sensor = random.nextInt(SENSORS);
            double mean = 20 + random.nextGaussian();
            rows[i] = Aggregate.builder()
                    .series(series(sensor, random))
                    .windowSeconds(60)
                    .windowStartMicros(START_MILLIS * 1_000)
                    .site("plant-" + sensor % 20)
                    .unit("Cel")
                    .count(60)
                    .sum(60 * mean)
                    .min(mean - 1)
                    .max(mean + 1)
                    .mean(mean)
                    .stddev(random.nextDouble())
                    .firstValue(mean)
                    .lastValue(mean)
                    .generation(1)
                    .build();
        }
        return rows;
    }

    private static SeriesKey series(int sensor, Random random) {
        return new SeriesKey("s-" + (100_000 + sensor), METRICS.get(random.nextInt(METRICS.size())));
    }
}

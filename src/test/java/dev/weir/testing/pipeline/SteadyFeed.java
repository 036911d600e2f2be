package dev.weir.testing.pipeline;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What sensors send that report a temperature every five seconds, in the layout of {@code TestConfigs.longJson}: each on a partition of
 * its own, in order, step by step. Every tenth is sent twice; every sixteenth is far too hot.
 *
 * @param prefix of the sensors' names
 * @param hot what every seventh reading is, whatever it would be; NaN for no such readings
 */
public record SteadyFeed(String prefix, double hot) {
    /** A quarter of an hour before a full one. */
    public static final long BEGIN_MILLIS = 1_767_224_700_000L; // 2025-12-31T23:45:00Z

    public static final int STEP_MILLIS = 5_000;

    public SteadyFeed(String prefix) {
        this(prefix, Double.NaN);
    }

    /** @param from inclusive, and an event's offset */
    public List<Event> steps(int sensor, int from, int to) {
        return IntStream.range(from, to).mapToObj(step -> event(sensor, step)).toList();
    }

    /** Of the first so many sensors, one after another. */
    public List<Event> all(int sensors, int from, int to) {
        List<Event> events = new ArrayList<>();
        for (int sensor = 0; sensor < sensors; sensor++) {
            events.addAll(steps(sensor, from, to));
        }
        return events;
    }

    private Event event(int sensor, int step) {
        int told = step % 10 == 9 ? step - 1 : step;
        long millis = BEGIN_MILLIS + (long) told * STEP_MILLIS;
        double value = step % 16 == 15 ? 500 : 20 + sensor + (told * 7 % 13) / 10.0;
        if (!Double.isNaN(hot) && step % 7 == 6) {
            value = hot;
        }
        String name = prefix + sensor;
        String json = "{\"sensor_id\":\"" + name + "\",\"event_time\":" + millis
                + ",\"metric\":\"temperature\",\"value\":" + value + ",\"unit\":\"Cel\",\"site\":\"hall\"}";
        return new Event(
                new Origin("any", sensor, step, millis),
                name.getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** A catalog with that one metric, the rest as usual. */
    public static WeirConfig config(String unit, double max) {
        Metric metric = TestMetrics.named("temperature", unit, -40, max).build();
        Catalog catalog = new Catalog(
                TestConfigs.longJson().catalog().inputs().get(0), Map.of(metric.name(), metric), false, null);
        return TestConfigs.config(
                catalog,
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(2)),
                List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofHours(1)));
    }
}

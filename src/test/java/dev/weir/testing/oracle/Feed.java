package dev.weir.testing.oracle;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Quota;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events written by hand, and what the oracle says to them one by one. Partition 0; timestamps are {@link #ARRIVAL} unless given. */
final class Feed {
    /** 2026-03-01T12:00:00Z, in epoch milliseconds: "now" for every record. */
    static final long ARRIVAL = 1_772_366_400_000L;

    private final WeirConfig config;
    private final List<Event> events = new ArrayList<>();

    Feed(WeirConfig config) {
        this.config = config;
    }

    /** Long JSON, lateness 1 min, windows of 1 min, the given metrics. */
    static Feed of(Quota quota, Metric... metrics) {
        return new Feed(config(TestConfigs.longJson().catalog().inputs().get(0), quota, metrics));
    }

    static WeirConfig config(Input input, Quota quota, Metric... metrics) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            byName.put(metric.name(), metric);
        }
        Catalog catalog = new Catalog(input, byName, false, quota);
        return TestConfigs.config(
                catalog,
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                List.of(Duration.ofMinutes(1)));
    }

    /** A reading of sensor s, so many seconds before (or after) the arrival. */
    Feed at(double seconds, String metric, String value) {
        long millis = ARRIVAL + Math.round(seconds * 1_000);
        return json("{'sensor_id':'s','event_time':" + millis + ",'metric':'" + metric + "','value':" + value + "}");
    }

    /** JSON with single quotes for double ones. */
    Feed json(String text) {
        return bytes(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    Feed text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Feed bytes(byte[] value) {
        events.add(new Event(new Origin("t", 0, events.size(), ARRIVAL), null, value));
        return this;
    }

    Outcome outcome() {
        return new Oracle(config).judge(events);
    }

    /**
     * One word per verdict, in the order of the events: {@code ok}, {@code ok} and the quality if it is not 0, or the reason, with the
     * detail where it is public.
     */
    List<String> verdicts() {
        Outcome outcome = outcome();
        List<String> verdicts = new ArrayList<>();
        for (Event event : events) {
            for (Accepted reading : outcome.readings()) {
                if (reading.origin().equals(event.origin())) {
                    verdicts.add(reading.quality() == 0 ? "ok" : "ok " + reading.quality());
                }
            }
            for (Rejected reject : outcome.rejects()) {
                if (reject.origin().equals(event.origin())) {
                    verdicts.add(word(reject));
                }
            }
        }
        return verdicts;
    }

    private static String word(Rejected reject) {
        return switch (reject.detail()) {
            case "same value", "other value", "sentinel" -> reject.reason() + " " + reject.detail();
            default -> reject.reason().toString();
        };
    }
}

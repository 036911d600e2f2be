package dev.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Readings that stand exactly at the ends of limits, in the catalog's unit and in others, against an oracle that works in fractions. */
class LimitsAgainstOracleTest {
    private static final long BEGIN_MILLIS = 1_772_366_400_000L;
    private static final List<String> UNITS = List.of("Cel", "[degF]", "K");

    @Test
    void aChangeAtTheLimitPassesInEveryUnit() {
        // 0.1 Cel within a second each, and 1.8 degF, which is 1 Cel within 10 s
        List<Event> events = List.of(
                event(0, "20.0", "Cel"),
                event(1, "20.1", "Cel"),
                event(2, "293.35", "K"), // 20.2 Cel
                event(3, "68.54", "[degF]"), // 20.3 Cel
                event(4, "68.72", "[degF]"), // 20.4 Cel
                event(5, "68.7", "[degF]"), // no decimal of Celsius
                event(15, "70.5", "[degF]"));
        Outcome outcome = same(config(), events);
        assertThat(outcome.rejects()).isEmpty();
        assertThat(outcome.readings()).hasSize(7);
    }

    @Test
    void theEndsOfTheRangeAreInItInEveryUnit() {
        List<Event> events = List.of(
                event(0, "37.8", "Cel"),
                event(100, "100.04", "[degF]"), // 37.8 Cel
                event(200, "310.95", "K"), // 37.8 Cel
                event(3000, "-17.8", "Cel"),
                event(3100, "-0.04", "[degF]"), // -17.8 Cel
                event(3200, "255.35", "K")); // -17.8 Cel
        Outcome outcome = same(config(), events);
        assertThat(outcome.rejects()).isEmpty();
        assertThat(outcome.readings()).extracting("value").containsExactly(37.8, 37.8, 37.8, -17.8, -17.8, -17.8);
        assertThat(same(config(), List.of(event(0, "100.05", "[degF]"))).rejects())
                .hasSize(1);
    }

    /** A walk of steps of a tenth of the limit, mostly at the limit itself, each reading in a unit of its own. */
    @Property(tries = 1_000)
    void decidesWhatTheOracleDecides(
            @ForAll @IntRange(min = 0, max = 3_000) int start,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 8) Integer> steps) {
        List<Event> events = new ArrayList<>();
        BigDecimal value = BigDecimal.valueOf(start, 2);
        for (int i = 0; i < steps.size(); i++) {
            int step = steps.get(i);
            BigDecimal change = new BigDecimal(List.of("0.1", "-0.1", "0.101").get(step % 3));
            value = value.add(change);
            String unit = UNITS.get(step / 3);
            events.add(event(i, in(value, unit), unit));
        }
        same(config(), events);
    }

    private static String in(BigDecimal celsius, String unit) {
        BigDecimal value =
                switch (unit) {
                    case "K" -> celsius.add(new BigDecimal("273.15"));
                    case "[degF]" -> celsius.multiply(new BigDecimal("1.8")).add(new BigDecimal("32"));
                    default -> celsius;
                };
        return value.setScale(4, RoundingMode.UNNECESSARY).toPlainString();
    }

    private static Outcome same(WeirConfig config, List<Event> events) {
        Outcome core = CoreRun.of(config, events);
        Outcomes.assertEqual(new Oracle(config).judge(events), core);
        return core;
    }

    private static Event event(int second, String value, String unit) {
        long millis = BEGIN_MILLIS + second * 1_000L;
        String json = "{\"sensor_id\":\"s\",\"event_time\":" + millis + ",\"metric\":\"temperature\",\"value\":" + value
                + ",\"unit\":\"" + unit + "\"}";
        return new Event(new Origin("t", 0, second, millis), null, json.getBytes(StandardCharsets.UTF_8));
    }

    private static WeirConfig config() {
        Metric metric = TestMetrics.named("temperature", "Cel", -17.8, 37.8)
                .maxRate("0.1", Duration.ofSeconds(1), Metric.Action.REJECT)
                .build();
        Catalog catalog = new Catalog(
                TestConfigs.longJson().catalog().inputs().get(0), Map.of("temperature", metric), false, null);
        return TestConfigs.config(
                catalog,
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(1)),
                List.of(Duration.ofMinutes(1)));
    }
}

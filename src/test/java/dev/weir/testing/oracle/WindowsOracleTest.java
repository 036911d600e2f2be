package dev.weir.testing.oracle;

import static dev.weir.testing.generate.TestMetrics.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowsOracleTest {
    private static final long MINUTE_MICROS = 60_000_000;
    private static final long NOON = Feed.ARRIVAL * 1_000;

    @Test
    void makesOneRowPerWindowThatEverHadAReading() {
        // 11:58:10 -> 3, 11:58:50 -> 5, and out of order 11:58:00 -> 1; 11:59 has none; 12:00:00 -> 7 belongs to the
        // window it begins
        Outcome outcome = Feed.of(null, named("m", "Cel", 0, 4).flagOutOfRange().build())
                .at(-110, "m", "3")
                .at(-70, "m", "5")
                .at(-120, "m", "1")
                .at(0, "m", "7")
                .outcome();

        SeriesKey series = new SeriesKey("s", "m");
        // sum 9, mean 3, squares 4 + 0 + 4, over n - 1 = 2: 4, whose root is 2; 5 is flagged
        assertThat(outcome.aggregates())
                .containsExactlyInAnyOrder(
                        Aggregate.builder()
                                .series(series)
                                .windowSeconds(60)
                                .windowStartMicros(NOON - 2 * MINUTE_MICROS)
                                .unit("Cel")
                                .count(3)
                                .sum(9)
                                .min(1)
                                .max(5)
                                .mean(3)
                                .stddev(2.0)
                                .firstValue(1)
                                .lastValue(5)
                                .flaggedCount(1)
                                .build(),
                        Aggregate.builder()
                                .series(series)
                                .windowSeconds(60)
                                .windowStartMicros(NOON)
                                .unit("Cel")
                                .count(1)
                                .sum(7)
                                .min(7)
                                .max(7)
                                .mean(7)
                                .firstValue(7)
                                .lastValue(7)
                                .flaggedCount(1)
                                .build());
    }

    @Test
    void alignsWindowsBeforeTheEpochDownward() {
        // -1 ms lies in the minute that begins at -60 s
        Catalog catalog = Feed.config(
                        TestConfigs.longJson().catalog().inputs().get(0),
                        null,
                        named("m", "Cel").build())
                .catalog();
        TimeSettings time = new TimeSettings(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Instant.parse("1960-01-01T00:00:00Z"));
        WeirConfig config = TestConfigs.config(catalog, time, List.of(Duration.ofMinutes(1)));
        Event event = new Event(
                new Origin("t", 0, 0, 0),
                null,
                "{\"sensor_id\":\"s\",\"metric\":\"m\",\"value\":1,\"event_time\":-1}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(new Oracle(config).judge(List.of(event)).aggregates())
                .extracting(Aggregate::windowStartMicros)
                .containsExactly(-MINUTE_MICROS);
    }

    @Test
    void takesSiteAndUnknownUnitFromTheGreatestEventTime() {
        WeirConfig known = TestConfigs.lenientLongJson();
        long t = Feed.ARRIVAL;
        Outcome outcome = new Feed(known)
                .json("{'sensor_id':'s','metric':'x','value':1,'event_time':" + t + ",'site':'b','unit':'u2'}")
                .json("{'sensor_id':'s','metric':'x','value':1,'event_time':" + (t + 5_000) + "}")
                .json("{'sensor_id':'s','metric':'x','value':1,'event_time':" + (t + 20_000) + ",'site':'c'}")
                .json("{'sensor_id':'s','metric':'x','value':1,'event_time':" + (t + 15_000)
                        + ",'site':'a','unit':'u1'}")
                .outcome();

        assertThat(outcome.aggregates())
                .filteredOn(row -> row.windowSeconds() == 10)
                .extracting(Aggregate::windowStartMicros, Aggregate::site, Aggregate::unit)
                .containsExactlyInAnyOrder(
                        tuple(NOON, null, null),
                        tuple(NOON + 10_000_000, "a", "u1"),
                        tuple(NOON + 20_000_000, "c", null));
        assertThat(outcome.aggregates())
                .filteredOn(row -> row.windowSeconds() == 60)
                .extracting(Aggregate::site)
                .containsExactly("c");
    }

    @Test
    void keepsBooksOfEverything() {
        // One good, one flagged, one missing value, one flagged that is late (so not kept), one malformed
        Outcome outcome = Feed.of(null, named("m", "Cel", 0, 4).flagOutOfRange().build())
                .at(0, "m", "3")
                .at(1, "m", "5")
                .at(2, "m", "null")
                .at(-100, "m", "5")
                .text("?")
                .outcome();

        assertThat(outcome.books().entrySet().stream().filter(counter -> counter.getValue() != 0))
                .containsExactlyInAnyOrder(
                        Map.entry("events.read", 5L),
                        Map.entry("events.decoded", 4L),
                        Map.entry("events.rejected", 1L),
                        Map.entry("readings.decoded", 4L),
                        Map.entry("readings.accepted", 2L),
                        Map.entry("readings.flagged", 1L),
                        Map.entry("readings.rejected", 2L),
                        Map.entry("flagged.OUT_OF_RANGE", 1L),
                        Map.entry("rejected.MISSING_FIELD", 1L),
                        Map.entry("rejected.LATE", 1L),
                        Map.entry("rejected.MALFORMED", 1L));
        // and one for each reason and each flag, whether it came up or not
        assertThat(outcome.books()).hasSize(9 + Reason.values().length + Flag.values().length);
    }
}

package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** W1 is what docs/performance/method.md says: the share of each fault, the shape of the text, the disorder. */
class SteadyFleetTest {
    private static final int EVENTS = 400_000;
    private static final Pattern GOOD = Pattern.compile(
            "\\{\"sensor_id\":\"s-1\\d{5}\",\"metric\":\"(temperature|humidity|pressure|voltage)\","
                    + "\"event_time\":(\\d{13}),\"value\":(\\d+\\.\\d\\d),\"unit\":\"(Cel|%|hPa|V)\",\"site\":\"plant-\\d+\"}");

    private record Sent(int partition, long timestamp, String text) {}

    @Test
    void hasTheSharesOfEachFault() {
        List<Sent> events = events(1);
        assertThat(share(events, e -> !e.text().endsWith("}"))).as("truncated").isEqualTo(0.002, within(0.0005));
        assertThat(share(events, e -> e.text().endsWith("}") && !e.text().contains("sensor_id")))
                .as("no sensor")
                .isEqualTo(0.003, within(0.0005));
        assertThat(share(
                        events,
                        e -> e.text().endsWith("}")
                                && (e.text().contains("null") || !e.text().contains("\"value\""))))
                .as("no value")
                .isEqualTo(0.005, within(0.0005));
        assertThat(share(events, e -> e.text().contains("999.00")))
                .as("out of range")
                .isEqualTo(0.01, within(0.001));
        assertThat(share(events, e -> eventTime(e) > e.timestamp()))
                .as("in the future")
                .isEqualTo(0.001, within(0.0003));
        Set<String> texts = new HashSet<>();
        // A few of the truncated ones are equal by chance.
        assertThat(share(events, e -> e.text().endsWith("}") && !texts.add(e.text())))
                .as("duplicates")
                .isEqualTo(0.01, within(0.001));
    }

    @Test
    void comesUpToThirtySecondsLate() {
        long greatest = events(1).stream()
                .filter(e -> eventTime(e) > 0)
                .mapToLong(e -> e.timestamp() - eventTime(e))
                .max()
                .orElseThrow();
        // The record's timestamp is that of the end of its second.
        assertThat(greatest).isBetween(28_000L, 31_000L);
    }

    @Test
    void isTheSameEachTime() {
        assertThat(events(7).subList(0, 1_000)).isEqualTo(events(7).subList(0, 1_000));
        assertThat(events(7).subList(0, 1_000)).isNotEqualTo(events(8).subList(0, 1_000));
    }

    private static List<Sent> events(long seed) {
        List<Sent> events = new ArrayList<>();
        new SteadyFleet(10_000, Feeder.PARTITIONS, seed, new JsonText())
                .generate(
                        EVENTS,
                        (partition, timestamp, key, value) ->
                                events.add(new Sent(partition, timestamp, new String(value, StandardCharsets.UTF_8))));
        return events;
    }

    private static double share(List<Sent> events, Predicate<Sent> of) {
        return events.stream().filter(of).count() / (double) events.size();
    }

    /** Of a whole event; 0 of another. */
    private static long eventTime(Sent event) {
        Matcher good = GOOD.matcher(event.text());
        return good.matches() ? Long.parseLong(good.group(2)) : 0;
    }
}

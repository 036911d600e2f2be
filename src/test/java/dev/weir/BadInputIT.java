package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.catalog.Catalog;
import dev.weir.config.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.TestMetrics;
import dev.weir.testing.oracle.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no device should send, and one does: each gets its reason on the dead-letter topic, and the job goes on as if nothing had been. */
class BadInputIT {
    private static final Instant ARRIVAL = Instant.parse("2026-03-01T12:00:00Z");
    private static final String GOOD_TIME = "\"2026-03-01T12:00:00Z\"";
    private static final String GOOD = json("s", GOOD_TIME, "21.5");

    private static PipelineRig rig;

    @BeforeAll
    static void start() throws Exception {
        rig = new PipelineRig();
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void eachBadJsonEventGetsItsReasonAndTheJobGoesOn() throws Exception {
        Table table = new Table(i -> json("good", Long.toString(ARRIVAL.toEpochMilli() + i), "1"));
        table.add("tombstone", (byte[]) null, Reason.MALFORMED);
        table.add("invalid UTF-8", latin(json("s\u00FF", GOOD_TIME, "1")), Reason.MALFORMED);
        table.add("2 MB", with("\"x\":\"" + "y".repeat(2_000_000) + '"'), Reason.MALFORMED);
        table.add("100,000 metrics", many(100_000), Reason.MALFORMED);
        table.add("NUL in the sensor", json("s\\u0000", GOOD_TIME, "1"), Reason.MALFORMED);
        table.add("NUL in the metric", GOOD.replace("temp", "temp\\u0000"), Reason.MALFORMED);
        table.add("NUL in the site", with("\"site\":\"\\u0000\""), Reason.MALFORMED);
        table.add("lone surrogate in the sensor", json("\\ud800", GOOD_TIME, "1"), Reason.MALFORMED);
        table.add("lone surrogate in the unit", with("\"unit\":\"\\udc00\""), Reason.MALFORMED);
        table.add("1e999", json("s", GOOD_TIME, "1e999"), Reason.NON_FINITE);
        table.add("NaN", json("s", GOOD_TIME, "NaN"), Reason.NON_FINITE);
        table.add("greatest long", json("s", "9223372036854775807", "1"), Reason.FUTURE_TIMESTAMP);
        table.add("smallest long", json("s", "-9223372036854775808", "1"), Reason.ANCIENT_TIMESTAMP);
        table.add("nested 10,000 deep", with("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000)), Reason.MALFORMED);

        assertEachGetsItsReason(config(TestConfigs.longJson().catalog().input()), table);
    }

    @Test
    void eachRaggedCsvRowGetsItsReasonAndTheJobGoesOn() throws Exception {
        Table table = new Table(i -> csv("good", ARRIVAL.plusMillis(i), "1"));
        String good = csv("s", ARRIVAL, "1");
        table.add("tombstone", (byte[]) null, Reason.MALFORMED);
        table.add("no column", "", Reason.MALFORMED);
        table.add("too many columns", good + ",more", Reason.MALFORMED);
        table.add("two rows", good + "\n" + good, Reason.MALFORMED);
        table.add("unclosed quote", "\"" + good, Reason.MALFORMED);
        table.add("too few columns: no time", "s", Reason.MISSING_FIELD);
        table.add("too few columns: no value", good.substring(0, good.indexOf(",temp") + 5), Reason.MISSING_FIELD);
        table.add("2 MB", good + "y".repeat(2_000_000), Reason.MALFORMED);
        table.add("NaN", csv("s", ARRIVAL, "NaN"), Reason.NON_FINITE);

        assertEachGetsItsReason(config(TestConfigs.csvLong().catalog().input()), table);
    }

    /** In Berlin 02:30 came not at all on one night, and twice on another: no fault of the device, so neither is rejected. */
    @Test
    void localTimesInTheGapAndTheOverlapOfSummerTimeAreRead() throws Exception {
        Input input = TestConfigs.longJson().catalog().input();
        Input.EventTime berlin = new Input.EventTime(input.eventTime().fields(), List.of("iso-8601"), "Europe/Berlin");
        Input local = new Input(
                input.format(),
                input.sensorId(),
                berlin,
                input.metric(),
                input.value(),
                input.unit(),
                input.site(),
                input.readings(),
                input.csv(),
                input.nullValues(),
                input.lenientNumbers());
        List<Event> events = List.of(
                event(0, utf8(json("gap", "\"2025-03-30T02:30:00\"", "1"))),
                event(1, utf8(json("overlap", "\"2025-10-26T02:30:00\"", "1"))));

        PipelineRun run = rig.run(config(local), events, 1);

        run.assertRight();
        // In the gap an hour is added: 03:30 +02:00. Of the overlap the earlier instant counts: 02:30 +02:00.
        assertThat(run.readings())
                .extracting(reading -> reading.series().sensorId() + " " + instant(reading))
                .containsExactlyInAnyOrder("gap 2025-03-30T01:30:00Z", "overlap 2025-10-26T00:30:00Z");
    }

    private static void assertEachGetsItsReason(WeirConfig config, Table table) throws Exception {
        PipelineRun run = rig.run(config, table.events, 2);

        Map<String, Reason> reasons = new TreeMap<>();
        for (Rejected reject : run.rejects()) {
            reasons.put(table.names.get((int) reject.origin().offset()), reject.reason());
        }
        assertThat(reasons).isEqualTo(table.reasons);
        assertThat(run.letters()).hasSameSizeAs(table.reasons.keySet());
        assertThat(run.readings()).hasSize(table.events.size() - table.reasons.size());
        assertThat(run.restarts()).isZero();
        run.assertRight();
    }

    /** Bad events, a good one before and behind each. */
    private static final class Table {
        final List<Event> events = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        final Map<String, Reason> reasons = new TreeMap<>();
        private final IntFunction<String> good;

        Table(IntFunction<String> good) {
            this.good = good;
            send("good", utf8(good.apply(0)));
        }

        void add(String name, String value, Reason reason) {
            add(name, utf8(value), reason);
        }

        void add(String name, byte[] value, Reason reason) {
            reasons.put(name, reason);
            send(name, value);
            send("good", utf8(good.apply(events.size())));
        }

        private void send(String name, byte[] value) {
            names.add(name);
            events.add(event(events.size(), value));
        }
    }

    private static Event event(int offset, byte[] value) {
        return new Event(new Origin(TestConfigs.TOPIC, 0, offset, ARRIVAL.toEpochMilli()), utf8("key"), value);
    }

    private static Instant instant(Reading reading) {
        return Instant.EPOCH.plusNanos(reading.eventTimeMicros() * 1_000);
    }

    private static WeirConfig config(Input input) {
        var temperature = TestMetrics.named("temp", "Cel", -40, 125).build();
        return TestConfigs.config(
                new Catalog(input, Map.of("temp", temperature), false, null),
                TestConfigs.time(Duration.ofSeconds(10), Duration.ofMinutes(2)),
                List.of(Duration.ofMinutes(1)));
    }

    private static String json(String sensor, String time, String value) {
        return "{\"sensor_id\":\"%s\",\"event_time\":%s,\"metric\":\"temp\",\"value\":%s}"
                .formatted(sensor, time, value);
    }

    private static String with(String more) {
        return GOOD.substring(0, GOOD.length() - 1) + "," + more + "}";
    }

    private static String many(int fields) {
        return IntStream.range(0, fields).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    /** The columns of {@link TestConfigs#csvLong}: sensor, ts, metric, value, unit, site. */
    private static String csv(String sensor, Instant time, String value) {
        return "%s,%d.%03d,temp,%s,Cel,roof"
                .formatted(sensor, time.getEpochSecond(), time.getNano() / 1_000_000, value);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events that have broken parsers before, each with its reason: one table for the oracle, the core and the whole job.
 *
 * <p>A row is one event of a sensor of its own, so no row touches another's series. All arrive at {@link #ARRIVAL_MILLIS}.
 *
 * @param config decides the layout
 */
public record BadInput(WeirConfig config, List<Row> rows) {
    /** 2026-11-01T12:00:00Z. */
    public static final long ARRIVAL_MILLIS = 1_793_534_400_000L;

    private static final String GOOD_TAIL = ",'metric':'temperature','value':20.5,'event_time':1793534400000}";

    /**
     * @param value null for a tombstone
     * @param reason the only one, or null if the reading is accepted
     * @param eventTime of the accepted reading; null if rejected
     */
    public record Row(String name, byte[] value, Reason reason, Instant eventTime) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** In the order of {@link #rows}, in one partition. */
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Row row : rows) {
            Origin origin = new Origin(TestConfigs.TOPIC, 0, events.size(), ARRIVAL_MILLIS);
            events.add(new Event(origin, null, row.value()));
        }
        return events;
    }

    /** For {@link TestConfigs#longJson}. Single quotes stand for double ones. */
    public static BadInput json() {
        Table t = new Table();
        Instant noon = Instant.ofEpochMilli(ARRIVAL_MILLIS);
        t.bad("tombstone", (byte[]) null, Reason.MALFORMED);
        t.bad("empty", "", Reason.MALFORMED);
        t.bad("invalid UTF-8", new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}, Reason.MALFORMED);
        t.bad("overlong UTF-8", new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}, Reason.MALFORMED);
        t.bad("cut off", "{'sensor_id':'s1','metric':'tem", Reason.MALFORMED);
        t.bad("not an object", "[{'sensor_id':'s2'" + GOOD_TAIL + "]", Reason.MALFORMED);
        t.bad("two objects", "{'sensor_id':'s3'" + GOOD_TAIL + "{'sensor_id':'s3'" + GOOD_TAIL, Reason.MALFORMED);
        t.bad("2 MB", "{'pad':'" + "x".repeat(2_000_000) + "','sensor_id':'s4'" + GOOD_TAIL, Reason.MALFORMED);
        t.bad("100,000 metrics", "{" + "'m':1,".repeat(100_000) + "'sensor_id':'s5'" + GOOD_TAIL, Reason.MALFORMED);
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        t.bad("nested 10,000 deep", "{'a':" + deep + ",'sensor_id':'s6'" + GOOD_TAIL, Reason.MALFORMED);
        t.bad("NUL in the sensor", "{'sensor_id':'s\\u00007'" + GOOD_TAIL, Reason.MALFORMED);
        t.bad("lone surrogate in the sensor", "{'sensor_id':'s8\\ud83d'" + GOOD_TAIL, Reason.MALFORMED);
        t.good("surrogate pair in the sensor", "{'sensor_id':'s9\\ud83d\\ude00'" + GOOD_TAIL, noon);
        t.bad("empty sensor", "{'sensor_id':''" + GOOD_TAIL, Reason.MALFORMED);
        t.bad("256 characters", "{'sensor_id':'" + "s".repeat(256) + "'" + GOOD_TAIL, Reason.MALFORMED);
        t.good("255 characters", "{'sensor_id':'" + "s".repeat(255) + "'" + GOOD_TAIL, noon);
        t.good("a sensor that is a number", "{'sensor_id':12084" + GOOD_TAIL, noon);
        t.good("a sensor that is a number with a fraction", "{'sensor_id':1.50" + GOOD_TAIL, noon);
        t.good("a site that is a number", "{'site':1,'sensor_id':'s10'" + GOOD_TAIL, noon);
        t.bad("a sensor of 256 digits", "{'sensor_id':1" + "0".repeat(255) + GOOD_TAIL, Reason.MALFORMED);
        t.bad("a sensor that is a truth value", "{'sensor_id':true" + GOOD_TAIL, Reason.WRONG_TYPE);
        t.bad("a sensor that is NaN", "{'sensor_id':NaN" + GOOD_TAIL, Reason.WRONG_TYPE);
        t.bad("a site that is an object", "{'site':{},'sensor_id':'s10b'" + GOOD_TAIL, Reason.WRONG_TYPE);
        t.bad("no sensor", GOOD_TAIL.replace(",'metric'", "{'metric'"), Reason.MISSING_FIELD);
        t.bad("1e999", reading("s11", "1e999", "1793534400000"), Reason.NON_FINITE);
        t.bad("NaN", reading("s12", "NaN", "1793534400000"), Reason.NON_FINITE);
        t.bad("-Infinity", reading("s13", "-Infinity", "1793534400000"), Reason.NON_FINITE);
        t.bad("null text", reading("s14", "'NA'", "1793534400000"), Reason.MISSING_FIELD);
        t.bad("a number in quotes", reading("s15", "'20.5'", "1793534400000"), Reason.WRONG_TYPE);
        t.bad("greatest long of millis", reading("s16", "1", Long.toString(Long.MAX_VALUE)), Reason.FUTURE_TIMESTAMP);
        t.bad("smallest long of millis", reading("s17", "1", Long.toString(Long.MIN_VALUE)), Reason.ANCIENT_TIMESTAMP);
        t.bad("beyond long", reading("s18", "1", "1e300"), Reason.FUTURE_TIMESTAMP);
        t.bad("year 999999999", reading("s19", "1", "'+999999999-12-31T23:59:59Z'"), Reason.FUTURE_TIMESTAMP);
        t.bad("a month 13", reading("s20", "1", "'2026-13-01T00:00:00Z'"), Reason.WRONG_TYPE);
        t.good(
                "a fraction of a microsecond",
                reading("s21", "1", "'2026-11-01T11:59:59.1234569Z'"),
                Instant.parse("2026-11-01T11:59:59.123456Z"));
        // where a clock chip that lost its battery begins, and what it sends next
        t.bad("a clock chip's first second", reading("s23", "1", "'2000-01-01T00:00:00Z'"), Reason.ANCIENT_TIMESTAMP);
        t.bad("a clock chip's first minutes", reading("s24", "1", "946684923000"), Reason.ANCIENT_TIMESTAMP);
        t.good("the end of a day", reading("s25", "1", "'2026-10-31T24:00Z'"), Instant.parse("2026-11-01T00:00:00Z"));
        t.good("a key twice, the last wins", "{'value':'x','sensor_id':'s22'" + GOOD_TAIL, noon);
        return new BadInput(TestConfigs.longJson(), t.rows);
    }

    /** For rows {@code sensor,ts,metric,value,unit,site} with local times of Berlin. */
    public static BadInput csv() {
        Table t = new Table();
        String good = ",2026-10-01 12:00:00,temperature,20.5";
        Instant ten = Instant.parse("2026-10-01T10:00:00Z");
        t.bad("tombstone", (byte[]) null, Reason.MALFORMED);
        t.bad("invalid UTF-8", new byte[] {'s', (byte) 0xE4, ','}, Reason.MALFORMED);
        t.bad("too many fields", "s1" + good + ",Cel,hall,more", Reason.MALFORMED);
        t.bad("several rows", "s2" + good + "\ns2" + good, Reason.MALFORMED);
        t.bad("open quote", "\"s3" + good, Reason.MALFORMED);
        t.bad("too few fields", "s4,2026-10-01 12:00:00,temperature", Reason.MISSING_FIELD);
        t.bad("far too few fields", "s5", Reason.MISSING_FIELD);
        t.good("optional fields left out", "s6" + good, ten);
        t.good("a line end", "s7" + good + "\r\n", ten);
        t.good("quotes", "\"s8, \"\"the best\"\"\"" + good, ten);
        t.bad("a line end in the sensor", "\"s\n9\"" + good, Reason.MALFORMED);
        t.bad(
                "NaN in letters that only look like it",
                "s14,2026-10-01 12:00:00,temperature,\u0131nf",
                Reason.WRONG_TYPE);
        t.good("no digit before the point", "s15,2026-10-01 12:00:00,temperature,.5", ten);
        t.bad("no digit after the point", "s16,2026-10-01 12:00:00,temperature,5.", Reason.WRONG_TYPE);
        t.bad("hexadecimal", "s10,2026-10-01 12:00:00,temperature,0x1p3", Reason.WRONG_TYPE);
        t.bad("Java's own suffix", "s11,2026-10-01 12:00:00,temperature,20.5f", Reason.WRONG_TYPE);
        // 02:00 +01:00 became 03:00 +02:00: 02:30 never was, and is taken an hour on
        t.good("gap", "s12,2026-03-29 02:30:00,temperature,20.5", Instant.parse("2026-03-29T01:30:00Z"));
        // 03:00 +02:00 became 02:00 +01:00: 02:30 was twice, and is taken as the first
        t.good("overlap", "s13,2026-10-25 02:30:00,temperature,20.5", Instant.parse("2026-10-25T00:30:00Z"));
        Input base = TestConfigs.csvLong().catalog().inputs().get(0);
        Input.EventTime time = Input.EventTime.named(List.of("ts"), List.of("iso-8601"), "Europe/Berlin");
        Input input = Input.flat(
                base.format(),
                new Input.Fields(base.sensorId(), time, base.metric(), base.value(), base.unit(), base.site()),
                Map.of(),
                base.csv(),
                base.nullValues(),
                false);
        return new BadInput(TestConfigs.withInput(TestConfigs.csvLong(), input), t.rows);
    }

    private static String reading(String sensor, String value, String time) {
        return "{'sensor_id':'" + sensor + "','metric':'temperature','value':" + value + ",'event_time':" + time + "}";
    }

    private static final class Table {
        final List<Row> rows = new ArrayList<>();

        void bad(String name, byte[] value, Reason reason) {
            rows.add(new Row(name, value, reason, null));
        }

        void bad(String name, String value, Reason reason) {
            bad(name, bytes(value), reason);
        }

        void good(String name, String value, Instant eventTime) {
            rows.add(new Row(name, bytes(value), null, eventTime));
        }

        private static byte[] bytes(String text) {
            return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        }
    }
}

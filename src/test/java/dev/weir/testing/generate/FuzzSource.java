package dev.weir.testing.generate;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A catalog, and events that fit it, for fuzzers to begin with: every layout of the tests.
 *
 * @param name short, for progress and failures
 * @param events in the order in which they were sent; good ones and such as have a known fault
 */
public record FuzzSource(String name, WeirConfig config, List<Event> events) {
    /** After the last row of either data set. */
    private static final long UPLOAD_MILLIS =
            Instant.parse("2017-03-01T00:00:00Z").toEpochMilli();

    /** Every catalog, in an order that stays: a corpus names a catalog by its place. */
    public static List<FuzzSource> all(long seed, int eventsEach) {
        return List.of(
                workload("json-long", TestConfigs.longJson(), seed, eventsEach),
                workload("json-lenient", TestConfigs.lenientLongJson(), seed, eventsEach),
                workload("json-wide", TestConfigs.wideJson(), seed, eventsEach),
                rows("json-pointers", pointers(), pointed(eventsEach)),
                workload("csv-long", TestConfigs.csvLong(), seed, eventsEach),
                workload("csv-wide", TestConfigs.csvWide(), seed, eventsEach),
                bad("csv-quoted", BadInput.csv(), eventsEach),
                bad("json-bad", BadInput.json(), eventsEach),
                rows("csv-beijing", TestConfigs.beijing(), RealData.excerpt(eventsEach).stream()),
                rows(
                        "csv-intel",
                        TestConfigs.intel(Duration.ofMinutes(2)),
                        RealData.intel().stream().map(Event::value).limit(eventsEach)),
                workload("gateway", InputConfigs.gateway(), seed, eventsEach),
                workload("nested", InputConfigs.nested(), seed, eventsEach),
                workload("wildcard", InputConfigs.wildcard(), seed, eventsEach),
                workload("wrapped", InputConfigs.wrapped(), seed, eventsEach),
                workload("topics", InputConfigs.topics(), seed, eventsEach),
                workload("avro", InputConfigs.avro(), seed, eventsEach),
                workload("avro-batch", InputConfigs.avroBatch(), seed, eventsEach),
                workload("senml", InputConfigs.senml(), seed, eventsEach),
                workload("semicolons", InputConfigs.semicolons(), seed, eventsEach),
                workload("bare-rows", InputConfigs.bareRows(), seed, eventsEach),
                workload("registers", InputConfigs.registers(), seed, eventsEach));
    }

    @Override
    public String toString() {
        return name;
    }

    private static FuzzSource workload(String name, WeirConfig config, long seed, int events) {
        int sensors = Math.max(1, Math.min(60, events / 100));
        Workload workload = new Workload(config, seed, sensors, 1, events / sensors + 1, 0.2, List.of(Fault.values()));
        return new FuzzSource(name, config, workload.events());
    }

    /** The table over and over. Its giants, which cost a parser no more thought than a small event, come once. */
    private static FuzzSource bad(String name, BadInput input, int number) {
        List<Event> table = input.events();
        List<Event> small = table.stream()
                .filter(event -> event.value() == null || event.value().length < 1_000)
                .toList();
        List<Event> events = new ArrayList<>(table);
        while (events.size() < number) {
            events.add(small.get(events.size() % small.size()));
        }
        return new FuzzSource(name, input.config(), events);
    }

    private static FuzzSource rows(String name, WeirConfig config, Stream<byte[]> rows) {
        List<Event> events = new ArrayList<>();
        rows.forEach(row ->
                events.add(new Event(new Origin(TestConfigs.TOPIC, 0, events.size(), UPLOAD_MILLIS), null, row)));
        return new FuzzSource(name, config, events);
    }

    /** Pointers into arrays, into each other, to the empty key and to keys with escapes. */
    private static WeirConfig pointers() {
        Map<String, String> readings = new LinkedHashMap<>();
        readings.put("temperature", "/data/0/value");
        readings.put("humidity", "/data/1");
        readings.put("pressure", "data"); // what holds two others, and so no number as a rule
        readings.put("battery", "/a~1b/~0/");
        Input.EventTime time =
                Input.EventTime.named(List.of("/t/date", "/t/clock"), List.of("iso-8601"), "Europe/Berlin");
        Input input = Input.flat(
                Input.Format.JSON,
                Input.Fields.named("/device/id", time, null, null, null, "/device/id"),
                readings,
                null,
                Set.of("", "NA"),
                true);
        return TestConfigs.withInput(TestConfigs.wideJson(), input);
    }

    /** For {@link #pointers}: ten sensors in turn, a second later each round. */
    private static Stream<byte[]> pointed(int number) {
        LocalTime noon = LocalTime.NOON;
        return IntStream.range(0, number)
                .mapToObj(i -> utf8(
                        ("{'device':{'id':'sensor-%d'},'t':{'date':'2016-12-01','clock':'%s'},'data':[{'value':%d.5},"
                                        + "'%d'],'a/b':{'~':{'':%d}}}")
                                .formatted(
                                        i % 10,
                                        noon.plusSeconds(i / 10).format(DateTimeFormatter.ISO_LOCAL_TIME),
                                        i % 7,
                                        40 + i % 20,
                                        i % 5)
                                .replace('\'', '"')));
    }

    /** The UTF-8 bytes of what stands between the fields of an event. */
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.weir.registry;

import dev.weir.config.WeirConfig;
import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.AvroBodies;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Events of some sensors as Avro and, with the same origins, as JSON, which the oracle reads. One in ten is late, out of range, without a
 * value, or has an id that the registry lacks; that one is no JSON in the twin.
 */
final class AvroFeed {
    static final int PARTITIONS = 2;

    private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z
    private static final int SENSORS = 6;
    private static final int FIRST_ID = 3;
    private static final int SECOND_ID = 4;
    private static final int UNKNOWN_ID = 99;

    private static final String TIME = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    static final Schema FIRST = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Reading\",\"fields\":["
                    + "{\"name\":\"sensor_id\",\"type\":\"string\"},{\"name\":\"event_time\",\"type\":" + TIME + "},"
                    + "{\"name\":\"metric\",\"type\":\"string\"},{\"name\":\"value\",\"type\":[\"null\",\"double\"]},"
                    + "{\"name\":\"unit\",\"type\":\"string\"},{\"name\":\"site\",\"type\":\"string\"}]}");
    /** Other order and types, a field more, and the site has another name. */
    static final Schema SECOND = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Reading\",\"fields\":["
                    + "{\"name\":\"firmware\",\"type\":[\"null\",{\"type\":\"map\",\"values\":\"string\"}]},"
                    + "{\"name\":\"place\",\"aliases\":[\"site\"],\"type\":\"string\"},"
                    + "{\"name\":\"value\",\"type\":[\"double\",\"null\"]},"
                    + "{\"name\":\"metric\",\"type\":{\"type\":\"enum\",\"name\":\"Metric\",\"symbols\":"
                    + "[\"humidity\",\"temperature\"]}},{\"name\":\"unit\",\"type\":\"string\"},"
                    + "{\"name\":\"event_time\",\"type\":" + TIME + "},{\"name\":\"sensor_id\",\"type\":\"string\"}]}");

    private final Random random = new Random(1);
    private final List<Event> avro = new ArrayList<>();
    private final List<Event> twins = new ArrayList<>();
    private final long[] offsets = new long[PARTITIONS];
    private long millis = START_MILLIS;

    /** The same verdicts for events that are Avro. */
    static WeirConfig config(Avro.Registry registry) {
        WeirConfig json = TestConfigs.longJson();
        Catalog catalog = json.catalog();
        Input input = catalog.inputs().get(0);
        Input.Payload payload = new Input.Payload(Input.Format.AVRO, List.of(), null, new Avro(null, registry));
        Input written = new Input(input.topics(), payload, input.fields(), input.readings(), input.texts());
        return TestConfigs.config(
                new Catalog(List.of(written), catalog.metrics(), catalog.unknownMetric(), catalog.quota()),
                json.time(),
                json.windows());
    }

    static void register(dev.weir.testing.RegistryServer registry) {
        registry.register(FIRST_ID, FIRST.toString());
        registry.register(SECOND_ID, SECOND.toString());
    }

    /** Returns the next events, whose offsets go on. */
    List<Event> next(int count, boolean second) {
        int from = avro.size();
        for (int i = 0; i < count; i++) {
            add(i, second);
        }
        return List.copyOf(avro.subList(from, avro.size()));
    }

    /** All events so far, as JSON. */
    List<Event> twins(String topic) {
        return twins.stream()
                .map(event -> new Event(
                        new Origin(
                                topic,
                                event.origin().partition(),
                                event.origin().offset(),
                                event.origin().timestampMillis()),
                        event.key(),
                        event.value()))
                .toList();
    }

    private void add(int number, boolean second) {
        millis += random.nextInt(2_000);
        int sensor = random.nextInt(SENSORS);
        int kind = number % 10;
        long time = kind == 3 ? millis - 600_000 : millis;
        Double value = kind == 5 ? null : kind == 7 ? 900.0 : Math.rint(random.nextDouble() * 300) / 10;
        boolean isUnknown = kind == 9 && number % 20 == 9;
        int partition = sensor % PARTITIONS;
        Origin origin = new Origin("readings", partition, offsets[partition]++, millis);
        byte[] key = ("s" + sensor).getBytes(StandardCharsets.UTF_8);
        GenericRecord record = record(second ? SECOND : FIRST, sensor, time, value);
        int id = isUnknown ? UNKNOWN_ID : second ? SECOND_ID : FIRST_ID;
        avro.add(new Event(origin, key, AvroBodies.framed(id, AvroBodies.plain(record.getSchema(), record))));
        String json = isUnknown
                ? "{"
                : "{\"sensor_id\":\"s" + sensor + "\",\"event_time\":" + time + ",\"metric\":\"temperature\",\"value\":"
                        + value + ",\"unit\":\"Cel\",\"site\":\"hall\"}";
        twins.add(new Event(origin, key, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static GenericRecord record(Schema schema, int sensor, long time, Double value) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("sensor_id", "s" + sensor);
        record.put("event_time", time);
        record.put("value", value);
        record.put("unit", "Cel");
        boolean second = schema.getField("place") != null;
        record.put(second ? "place" : "site", "hall");
        record.put(
                "metric",
                second ? new GenericData.EnumSymbol(schema.getField("metric").schema(), "temperature") : "temperature");
        return record;
    }
}

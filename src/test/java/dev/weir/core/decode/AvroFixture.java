package dev.weir.core.decode;

import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import dev.weir.testing.generate.AvroBodies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.avro.Schema;

/** Decodes Avro bodies by a mapping of sensor {@code id}, time {@code ts} and readings, and shows the items as texts. */
final class AvroFixture {
    private final List<Opening> openings = new ArrayList<>();
    private final Map<String, FieldSource> readings = new LinkedHashMap<>();
    private String wildcard;
    private String sensor = "id";
    private String time = "ts";

    /** Maps a reading of that name to the field or pointer. */
    AvroFixture reading(String name, String field) {
        readings.put(name, new FieldSource.Field(field));
        return this;
    }

    AvroFixture wildcard(String pointer) {
        wildcard = pointer;
        return this;
    }

    AvroFixture each(String pointer) {
        openings.add(new Opening(Opening.Kind.EACH, pointer));
        return this;
    }

    AvroFixture opening(Opening.Kind kind, String pointer) {
        openings.add(new Opening(kind, pointer));
        return this;
    }

    AvroFixture sensor(String field) {
        sensor = field;
        return this;
    }

    AvroFixture time(String field) {
        time = field;
        return this;
    }

    Input input(Avro avro) {
        return new Input(
                Input.Topics.REST,
                new Input.Payload(Input.Format.AVRO, openings, null, avro),
                Input.Fields.named(
                        sensor,
                        Input.EventTime.named(List.of(time), List.of("epoch-seconds", "iso-8601"), "UTC"),
                        null,
                        null,
                        null,
                        null),
                new Input.Readings(readings, wildcard),
                new Input.Texts(Set.of("NA"), false));
    }

    Layout layout() {
        return new Layout(input(null));
    }

    static Schema schema(String json) {
        return AvroSchemas.parse(List.of(json.replace('\'', '"')));
    }

    /** A record with the fields id and ts, and these. */
    static Schema record(String fields) {
        return schema("{'type': 'record', 'name': 'Event', 'fields': [{'name': 'id', 'type': 'string'},"
                + " {'name': 'ts', 'type': 'long'}, " + fields + "]}");
    }

    /** What the cells of each item hold, in the order of the slots: sensor, time, readings, members. */
    List<String> decode(Schema schema, Object value) throws MalformedEventException {
        return decode(schema, AvroBodies.plain(schema, value));
    }

    List<String> decode(Schema schema, byte[] body) throws MalformedEventException {
        Layout layout = layout();
        return shown(new AvroDecoder(layout, schema.toString()), layout, body);
    }

    static List<String> shown(Decoder decoder, Layout layout, byte[] event) throws MalformedEventException {
        Items items = new Items(layout, Set.of("NA"));
        decoder.decode(event, null, items);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Cells cells = items.item(i);
            StringJoiner shown = new StringJoiner(" ");
            for (int slot = 0; slot < layout.size(); slot++) {
                shown.add(shown(cells, slot));
            }
            for (int member = 0; member < cells.members(); member++) {
                shown.add(cells.member(member) + "=" + shown(cells, cells.memberSlot(member)));
            }
            all.add(shown.toString());
        }
        return all;
    }

    private static String shown(Cells cells, int slot) {
        return switch (cells.kind(slot)) {
            case TEXT -> cells.text(slot);
            case INTEGER -> Long.toString(cells.integer(slot));
            case DECIMAL -> cells.text(slot) == null ? Double.toString(cells.number(slot)) : cells.text(slot);
            case INSTANT -> "@" + cells.integer(slot);
            case BOOLEAN -> cells.integer(slot) == 1 ? "true" : "false";
            default -> cells.kind(slot).name();
        };
    }
}

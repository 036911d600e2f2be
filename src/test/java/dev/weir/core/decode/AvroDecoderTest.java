package dev.weir.core.decode;

import static dev.weir.core.decode.AvroFixture.record;
import static dev.weir.core.decode.AvroFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.model.FileHead;
import dev.weir.testing.generate.AvroBodies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroDecoderTest {
    private final AvroFixture fixture = new AvroFixture();

    @Test
    void everyPlainTypeIsStoredAsWhatItIs() throws Exception {
        Schema schema = record("{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'float'},"
                + " {'name': 'c', 'type': 'double'}, {'name': 'd', 'type': 'boolean'}, {'name': 'e', 'type': 'null'},"
                + " {'name': 'f', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['ON', 'OFF']}},"
                + " {'name': 'g', 'type': 'bytes'}, {'name': 'h', 'type': {'type': 'fixed', 'name': 'F', 'size': 3}}");
        for (String field : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            fixture.reading(field, field);
        }
        GenericRecord event = event(schema);
        event.put("a", -7);
        event.put("b", 0.1f);
        event.put("c", -2.5);
        event.put("d", true);
        event.put("f", new GenericData.EnumSymbol(schema.getField("f").schema(), "OFF"));
        event.put("g", ByteBuffer.wrap(new byte[] {1, 2}));
        event.put("h", new GenericData.Fixed(schema.getField("h").schema(), new byte[3]));

        // A float is widened exactly: 0.1f is 0.100000001490116...
        assertThat(fixture.decode(schema, event))
                .containsExactly("s1 17 -7 0.10000000149011612 -2.5 true NULL OFF OTHER OTHER");
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "63", "64", "-65", "2147483648", "9223372036854775807", "-9223372036854775808"})
    void everyLongIsRead(long number) throws Exception {
        Schema schema = record("{'name': 'a', 'type': 'long'}");
        GenericRecord event = event(schema);
        event.put("a", number);

        assertThat(fixture.reading("a", "a").decode(schema, event)).containsExactly("s1 17 " + number);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NOT_FINITE", "Infinity, NOT_FINITE", "-Infinity, NOT_FINITE", "-0.0, -0.0", "4.9E-324, 4.9E-324"})
    void doublesThatAreNoNumbersAreToldApart(double number, String shown) throws Exception {
        Schema schema = record("{'name': 'a', 'type': 'double'}");
        GenericRecord event = event(schema);
        event.put("a", number);

        assertThat(fixture.reading("a", "a").decode(schema, event)).containsExactly("s1 17 " + shown);
    }

    @Test
    void theSchemaIsThatOfTheRowsFile() throws Exception {
        Layout layout = fixture.reading("a", "a").layout();
        AvroDecoder decoder = new AvroDecoder(layout, (String) null);
        Items items = new Items(layout, java.util.Set.of());
        for (int i = 0; i < 250; i++) {
            Schema schema = record("{'name': 'x" + i % 120 + "', 'type': 'string'}, {'name': 'a', 'type': 'long'}");
            GenericRecord event = event(schema);
            event.put(2, "x");
            event.put("a", (long) i);
            items.clear();
            decoder.decode(AvroBodies.plain(schema, event), new FileHead(null, schema.toString()), items);
            assertThat(items.item(0).integer(layout.readings[0])).isEqualTo(i);
        }
        assertThatThrownBy(() -> decoder.decode(new byte[1], null, items))
                .hasMessageEndingWith("no schema: it is no row of a file");
        assertThatThrownBy(() -> decoder.decode(new byte[1], new FileHead(null, "{"), items))
                .hasMessageStartingWith("the file's schema is none: ");
        String schema = record("{'name': 'a', 'type': 'long'}").toString();
        assertThatThrownBy(() -> decoder.decode(new byte[1], new FileHead(null, schema), items))
                .hasMessage("not Avro of the file's schema: the body ends too early");
    }

    @Test
    void aNameIsOneObjectForAllEventsWhateverItIsWrittenAs() throws Exception {
        for (String type : List.of("'string'", "'long'")) {
            Schema schema = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'id', 'type': " + type + "}]}");
            GenericRecord event = new GenericData.Record(schema);
            event.put("id", type.equals("'long'") ? (Object) (-120_000L) : "sensor-9");
            byte[] body = AvroBodies.plain(schema, event);
            Layout layout = fixture.layout();
            AvroDecoder decoder = new AvroDecoder(layout, schema.toString());
            Items items = new Items(layout, java.util.Set.of());
            decoder.decode(body, null, items);
            String first = items.item(0).text(layout.sensorId);
            items.clear();
            decoder.decode(body, null, items);

            assertThat(items.item(0).text(layout.sensorId)).isSameAs(first).isIn("sensor-9", "-120000");
        }
    }

    @Test
    void textsAreUtf8() throws Exception {
        Schema schema = record("{'name': 'a', 'type': 'string'}");
        GenericRecord event = event(schema);
        event.put("id", "Fühler-\uD83C\uDF21");
        event.put("a", "°");
        assertThat(fixture.reading("a", "a").decode(schema, event)).containsExactly("Fühler-\uD83C\uDF21 17 °");

        event.put("a", new Utf8(new byte[] {(byte) 0xC3, 'x'}));
        assertThatThrownBy(() -> fixture.decode(schema, event)).hasMessageContaining("a text that is not UTF-8");
    }

    @Test
    void nullTextsMeanNoValueInTextsAndEnums() throws Exception {
        Schema schema = record("{'name': 'a', 'type': 'string'},"
                + " {'name': 'b', 'type': {'type': 'enum', 'name': 'E', 'symbols': ['NA']}}");
        GenericRecord event = event(schema);
        event.put("a", "NA");
        event.put("b", new GenericData.EnumSymbol(schema.getField("b").schema(), "NA"));

        assertThat(fixture.reading("a", "a").reading("b", "b").decode(schema, event))
                .containsExactly("s1 17 NULL NULL");
    }

    @Test
    void pointersGoThroughRecordsMapsArraysAndUnions() throws Exception {
        Schema schema = record("{'name': 'skipped', 'type': {'type': 'map', 'values': {'type': 'array', 'items':"
                + " 'string'}}}, {'name': 'in', 'type': ['null', {'type': 'record', 'name': 'In', 'fields': ["
                + "{'name': 'list', 'type': {'type': 'array', 'items': 'int'}},"
                + "{'name': 'map', 'type': {'type': 'map', 'values': ['null', 'double']}}]}]}");
        fixture.reading("a", "/in/list/1").reading("b", "/in/map/x y").reading("c", "/in/map/none");
        GenericRecord in =
                new GenericData.Record(schema.getField("in").schema().getTypes().get(1));
        in.put("list", List.of(5, 6, 7));
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("x y", 1.5);
        map.put("other", 2.5);
        in.put("map", map);
        GenericRecord event = event(schema);
        event.put("skipped", Map.of("k", List.of("v", "w")));
        event.put("in", in);
        assertThat(fixture.decode(schema, event)).containsExactly("s1 17 6 1.5 ABSENT");

        event.put("in", null);
        assertThat(fixture.decode(schema, event)).containsExactly("s1 17 ABSENT ABSENT ABSENT");
    }

    @Test
    void aRecordInPlaceOfANumberIsNoNumber() throws Exception {
        Schema schema = record("{'name': 'a', 'type': {'type': 'map', 'values': 'int'}}");
        GenericRecord event = event(schema);
        event.put("a", Map.of("b", 3));

        assertThat(fixture.reading("a", "a").reading("b", "/a/b").decode(schema, event))
                .containsExactly("s1 17 OTHER 3");
    }

    @Test
    void aFieldIsFoundByAnAliasIfNoneHasTheName() throws Exception {
        Schema schema = record("{'name': 'temperature', 'aliases': ['temp'], 'type': 'int'},"
                + " {'name': 'h', 'aliases': ['hum'], 'type': 'int'}, {'name': 'hum', 'type': 'int'}");
        GenericRecord event = event(schema);
        event.put("temperature", 1);
        event.put("h", 2);
        event.put("hum", 3);

        assertThat(fixture.reading("a", "temp").reading("b", "hum").decode(schema, event))
                .containsExactly("s1 17 1 3");
    }

    @Test
    void aRepeatedKeyOfAMapReplacesTheEarlierOne() throws Exception {
        Schema schema = schema("{'type': 'map', 'values': ['string', 'long', {'type': 'map', 'values': 'int'}]}");
        byte[] body = bytes(
                6, // three entries
                text("id"),
                0,
                text("s1"), //
                text("a"),
                4,
                2,
                text("b"),
                10,
                0, // {"a": {"b": 5}}
                text("a"),
                2,
                8, // {"a": 4}
                0);

        assertThat(fixture.reading("b", "/a/b").decode(schema, body)).containsExactly("s1 ABSENT ABSENT");
    }

    private static GenericRecord event(Schema schema) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("id", "s1");
        event.put("ts", 17L);
        return event;
    }

    private static byte[] text(String text) {
        return bytes(2 * text.length(), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(Object... parts) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] several) {
                bytes.writeBytes(several);
            } else {
                bytes.write((Integer) part);
            }
        }
        return bytes.toByteArray();
    }
}

package dev.weir.core.decode;

import static dev.weir.core.decode.AvroFixture.record;
import static dev.weir.core.decode.AvroFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Opening;
import dev.weir.testing.generate.AvroBodies;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.ValueSource;

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
    void aNameIsOneObjectForAllEventsWhateverItIsWrittenAs() throws Exception {
        for (String type : List.of("'string'", "'long'")) {
            Schema schema = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'id', 'type': " + type + "}]}");
            GenericRecord event = new GenericData.Record(schema);
            event.put("id", type.equals("'long'") ? (Object) (-120_000L) : "sensor-9");
            byte[] body = AvroBodies.plain(schema, event);
            Layout layout = fixture.layout();
            AvroDecoder decoder = new AvroDecoder(layout, schema.toString());
            Items items = new Items(layout, java.util.Set.of());
            decoder.decode(body, items);
            String first = items.item(0).text(layout.sensorId);
            items.clear();
            decoder.decode(body, items);

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

    @Test
    void eachElementOfAnArrayIsAnItem() throws Exception {
        Schema schema = record("{'name': 'list', 'type': {'type': 'array', 'items': {'type': 'record', 'name': 'I',"
                + " 'fields': [{'name': 'v', 'type': 'int'}]}}}, {'name': 'after', 'type': 'int'}");
        Schema item = schema.getField("list").schema().getElementType();
        GenericRecord one = new GenericData.Record(item);
        one.put("v", 1);
        GenericRecord two = new GenericData.Record(item);
        two.put("v", 2);
        GenericRecord event = event(schema);
        event.put("list", List.of(one, two));
        event.put("after", 9);
        fixture.sensor("^/id").time("^/ts").each("/list").reading("v", "v").reading("after", "^/after");
        assertThat(fixture.decode(schema, event)).containsExactly("s1 17 1 9", "s1 17 2 9");

        event.put("list", List.of());
        assertThat(fixture.decode(schema, event)).isEmpty();
    }

    @Test
    void anArrayInAnArrayAndOneOfNumbersOpenAsWell() throws Exception {
        Schema schema = schema("{'type': 'array', 'items': {'type': 'array', 'items': 'int'}}");
        fixture.each("").each("").reading("v", "");

        assertThat(fixture.decode(schema, List.of(List.of(1, 2), List.of(), List.of(3))))
                .containsExactly("ABSENT ABSENT 1", "ABSENT ABSENT 2", "ABSENT ABSENT 3");
    }

    @Test
    void whatIsNoArrayIsReported() throws Exception {
        Schema schema = record("{'name': 'list', 'type': ['null', 'int', {'type': 'array', 'items': 'int'}]}");
        GenericRecord event = event(schema);
        fixture.each("/list").reading("v", "");
        Layout layout = fixture.layout();
        for (Cells.Kind found : List.of(Cells.Kind.OTHER, Cells.Kind.NULL)) {
            event.put("list", found == Cells.Kind.NULL ? null : 5);
            Items items = new Items(layout, java.util.Set.of());
            new AvroDecoder(layout, schema.toString()).decode(AvroBodies.plain(schema, event), items);
            assertThat(items.size()).isOne();
            assertThat(items.foundInstead(items.item(0))).isEqualTo(found);
            assertThat(items.unopened(items.item(0)).pointer()).isEqualTo("/list");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'string'", "'bytes'"})
    void textsAndBytesThatHoldJsonAreUnwrapped(String type) throws Exception {
        Schema schema = record("{'name': 'p', 'type': " + type + "}");
        fixture.opening(Opening.Kind.UNWRAP, "/p").sensor("^/id").time("^/ts").reading("v", "/a/v");
        String json = "{\"a\": {\"v\": 2.5}}";
        GenericRecord event = event(schema);
        event.put("p", type.equals("'string'") ? json : ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(fixture.decode(schema, event)).containsExactly("s1 17 2.5");
        event.put("p", type.equals("'string'") ? "{" : ByteBuffer.wrap(new byte[] {'{'}));
        assertThatThrownBy(() -> fixture.decode(schema, event))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("the text at \"/p\": not JSON at byte");
    }

    @Test
    void theMembersOfAnObjectAreReadings() throws Exception {
        Schema schema = record("{'name': 'm', 'type': {'type': 'record', 'name': 'M', 'fields': ["
                + "{'name': 'a', 'type': ['null', 'double']}, {'name': 'b', 'type': {'type': 'map', 'values': 'int'}},"
                + "{'name': 'c', 'type': {'type': 'array', 'items': 'int'}}, {'name': 'd', 'type': 'bytes'},"
                + "{'name': 'e', 'type': 'string'}, {'name': 'mapped', 'type': 'int'},"
                + "{'name': 'more', 'type': ['null', 'M']}]}}");
        Schema inner = schema.getField("m").schema();
        GenericRecord more = members(inner, null, 4, null);
        GenericRecord event = event(schema);
        event.put("m", members(inner, 1.5, 3, more));
        fixture.wildcard("/m").reading("x", "/m/mapped");

        assertThat(fixture.decode(schema, event))
                .containsExactly("s1 17 3 a=1.5 b.k=3 e=text more.a=NULL more.b.k=4 more.e=text more.mapped=4"
                        + " more.more=NULL");
    }

    @Test
    void ofMembersWithTheSameJoinedNameTheLastCounts() throws Exception {
        Schema schema = record("{'name': 'm', 'type': {'type': 'map', 'values': ['int',"
                + " {'type': 'record', 'name': 'R', 'fields': [{'name': 'b', 'type': 'int'}]}]}}");
        GenericRecord inner = new GenericData.Record(
                schema.getField("m").schema().getValueType().getTypes().get(1));
        inner.put("b", 2);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a.b", 1);
        map.put("a", inner);
        GenericRecord event = event(schema);
        event.put("m", map);

        assertThat(fixture.wildcard("/m").decode(schema, event)).containsExactly("s1 17 a.b=ABSENT a.b=2");
    }

    private static GenericRecord members(Schema schema, Double a, int number, GenericRecord more) {
        GenericRecord members = new GenericData.Record(schema);
        members.put("a", a);
        members.put("b", new HashMap<>(Map.of("k", number)));
        members.put("c", List.of(1));
        members.put("d", ByteBuffer.wrap(new byte[1]));
        members.put("e", "text");
        members.put("mapped", number);
        members.put("more", more);
        return members;
    }

    @ParameterizedTest
    @CsvSource({
        "long, timestamp-millis, 1700000000123, @1700000000123000",
        "long, timestamp-micros, 1700000000123456, @1700000000123456",
        "long, timestamp-nanos, 1700000000123456789, @1700000000123456",
        "long, timestamp-nanos, -1, @-1",
        "long, timestamp-millis, 9223372036854775807, @9223372036854775807",
        "long, local-timestamp-millis, 1700000000120, 2023-11-14T22:13:20.12",
        "long, local-timestamp-micros, 0, 1970-01-01T00:00:00",
        "long, time-micros, 3600000000, 01:00:00",
        "int, time-millis, 86399999, 23:59:59.999",
        "int, date, 19000, 2022-01-08",
        "long, no-such-type, 17, 17",
        "int, timestamp-millis, 17, 17",
    })
    void logicalTimesMeanWhatTheySayInAnEventTimeAndAreNumbersElsewhere(
            String type, String logical, long number, String shown) throws Exception {
        Schema schema = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'id', 'type': 'string'},"
                + time("ts", type, logical) + ", " + time("a", type, logical) + "]}");
        GenericRecord event = new GenericData.Record(schema);
        event.put("id", "s1");
        Object boxed = type.equals("int") ? (Object) (int) number : (Object) number;
        event.put("ts", boxed);
        event.put("a", boxed);

        assertThat(fixture.reading("a", "a").decode(schema, event)).containsExactly("s1 " + shown + " " + number);
    }

    private static String time(String name, String type, String logical) {
        return "{'name': '" + name + "', 'type': {'type': '" + type + "', 'logicalType': '" + logical + "'}}";
    }

    /** Of 1700000000.1 s the double is 1700000000.099999904..., but a tenth was meant. */
    @Test
    void aDoubleAsAnEventTimeIsTheShortestDecimalThatGivesIt() throws Exception {
        assertThat(AvroCells.shortest(1700000000.1)).isEqualTo("1700000000.1");
        assertThat(AvroCells.shortest(1594512094.3859746)).isEqualTo("1594512094.3859746");
        assertThat(AvroCells.shortest(1.7e9)).isEqualTo("1700000000");
        assertThat(AvroCells.shortest(-0.5)).isEqualTo("-0.5");
        assertThat(AvroCells.shortest(1e300)).isEqualTo("1E+300");
    }

    @ParameterizedTest
    @CsvSource({
        "0.3, 2, 0.3",
        "-0.01, 2, -0.01",
        "1234567890123456789.5, 1, 1.23456789012345677E18",
        "12345678901234567890123456789, 0, 1.2345678901234568E28",
        "42, 0, 42",
    })
    void decimalsAreNumbersInBytesAndInFixed(BigDecimal number, int scale, String shown) throws Exception {
        String decimal = ", 'logicalType': 'decimal', 'precision': 30, 'scale': " + scale + "}";
        Schema schema = record("{'name': 'a', 'type': {'type': 'bytes'" + decimal + "}, {'name': 'b', 'type': {'type':"
                + " 'fixed', 'name': 'F', 'size': 14" + decimal + "}");
        byte[] unscaled = number.setScale(scale).unscaledValue().toByteArray();
        byte[] padded = new byte[14];
        Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(unscaled, 0, padded, 14 - unscaled.length, unscaled.length);
        GenericRecord event = event(schema);
        event.put("a", ByteBuffer.wrap(unscaled));
        event.put("b", new GenericData.Fixed(schema.getField("b").schema(), padded));

        List<String> decoded = fixture.reading("a", "a").reading("b", "b").decode(schema, event);
        assertThat(decoded.get(0)).startsWith("s1 17 " + shown + " ");
        assertThat(Double.parseDouble(decoded.get(0).split(" ", -1)[3])).isEqualTo(number.doubleValue());
    }

    @Test
    void uuidsAreTextsInStringsAndInFixed() throws Exception {
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        Schema schema =
                record("{'name': 'a', 'type': {'type': 'fixed', 'name': 'F', 'size': 16, 'logicalType': 'uuid'}}");
        GenericRecord event = event(schema);
        event.put("id", uuid);
        byte[] bytes = new BigInteger(uuid.replace("-", ""), 16).toByteArray();
        event.put("a", new GenericData.Fixed(schema.getField("a").schema(), bytes));

        assertThat(fixture.reading("a", "a").decode(schema, event)).containsExactly(uuid + " 17 " + uuid);
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

package dev.weir.core.decode;

import static dev.weir.core.decode.AvroFixture.record;
import static dev.weir.core.decode.AvroFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Opening;
import dev.weir.testing.FewTries;
import dev.weir.testing.generate.AvroBodies;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that are damaged, or belong to another schema. */
@AddLifecycleHook(FewTries.class)
class AvroMalformedTest {
    private static final Schema RICH = record(
            "{'name': 'a', 'type': ['null', 'double', {'type': 'enum', 'name': 'E',"
                    + " 'symbols': ['X', 'Y']}]}, {'name': 'list', 'type': {'type': 'array', 'items': {'type': 'record',"
                    + " 'name': 'I', 'fields': [{'name': 'v', 'type': 'int'}, {'name': 'd', 'type': {'type': 'bytes',"
                    + " 'logicalType': 'decimal', 'precision': 9, 'scale': 2}}]}}}, {'name': 'm', 'type': {'type': 'map',"
                    + " 'values': ['null', 'string', 'boolean']}}, {'name': 'skipped', 'type': {'type': 'array', 'items': 'Event'}}");

    private final AvroFixture fixture = new AvroFixture();

    @ParameterizedTest
    @CsvSource({
        "int,       8080808010,               2147483648 where the schema has an int",
        "long,      FFFFFFFFFFFFFFFFFF02,     an integer of more than 64 bits",
        "long,      80808080808080808080,     an integer of more than 64 bits",
        "long,      80,                       the body ends too early",
        "double,    01000000000000,           the body ends too early",
        "boolean,   07,                       7 where the schema has a boolean",
        "string,    06 6162,                  a length of 3 where 2 bytes are left",
        "string,    01,                       a length of -1 where 0 bytes are left",
        "string,    FEFFFFFFFFFFFFFFFF01,     a length of 9223372036854775807 where 0 bytes are left",
        "bytes,     02,                       a length of 1 where 0 bytes are left",
        "union,     04,                       branch 2 where the schema has 2",
        "union,     01,                       branch -1 where the schema has 2",
        "enum,      02,                       symbol 1 where the schema has 1",
        "fixed,     0000,                     the body ends too early",
        "array,     08 02,                    a block of 4 elements where 1 bytes are left",
        "array,     FFFFFFFFFFFFFFFFFF01 00,  a block of -9223372036854775808 elements where 0 bytes are left",
        "nulls,     80D00F 00,                more than 10000 items",
        "map,       02 026B,                  the body ends too early",
        "decimal,   00,                       a decimal of 0 bytes",
        "int,       0200,                     1 bytes after the end of the body",
    })
    void eachFaultIsNamedMappedOrNot(String type, String hex, String fault) {
        Schema schema =
                schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': " + json(type) + "}]}");
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        boolean onlyIfMapped = type.equals("decimal") || type.equals("nulls");
        for (String field : List.of("a", "/a/0", "other")) {
            if (!onlyIfMapped || field.equals("/a/0") == type.equals("nulls") && !field.equals("other")) {
                AvroFixture mapped = new AvroFixture().reading("v", field);
                assertThatThrownBy(() -> mapped.decode(schema, body))
                        .as(field)
                        .isInstanceOf(MalformedEventException.class)
                        .hasMessage("not Avro of the input's schema: " + fault);
            }
        }
    }

    private static String json(String type) {
        return switch (type) {
            case "union" -> "['null', 'int']";
            case "enum" -> "{'type': 'enum', 'name': 'E', 'symbols': ['A']}";
            case "fixed" -> "{'type': 'fixed', 'name': 'F', 'size': 3}";
            case "array" -> "{'type': 'array', 'items': 'int'}";
            case "nulls" -> "{'type': 'array', 'items': 'null'}";
            case "map" -> "{'type': 'map', 'values': 'int'}";
            case "decimal" -> "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 4}";
            default -> "'" + type + "'";
        };
    }

    @Test
    void elementsThatTakeNoBytesCostNothing() throws Exception {
        Schema schema = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': {'type': 'array',"
                + " 'items': 'null'}}]}");
        byte[] body = HexFormat.of().parseHex("FEFFFFFFFFFFFFFFFF0100"); // 2^63 - 1 nulls

        assertThat(fixture.reading("v", "other").decode(schema, body)).hasSize(1);
    }

    @Test
    void depthAndFieldsAreLimitedAsInJson() {
        Schema deep = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': ['null', 'R']}]}");
        byte[] body = new byte[501];
        Arrays.fill(body, 0, 500, (byte) 2);
        for (String field : List.of("/a/a/x", "other")) {
            assertThatThrownBy(() -> new AvroFixture().reading("v", field).decode(deep, body))
                    .hasMessageEndingWith("nested deeper than 500");
        }
        assertThatThrownBy(() -> new AvroFixture().wildcard("").decode(deep, body))
                .hasMessageEndingWith("nested deeper than 500");

        Schema endless = schema("{'type': 'record', 'name': 'R', 'fields': [{'name': 'a', 'type': 'R'}]}");
        assertThatThrownBy(() -> fixture.decode(endless, new byte[0])).hasMessageEndingWith("nested deeper than 500");

        Schema wide = schema("{'type': 'map', 'values': 'null'}");
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i <= 10_000; i++) {
            map.put("k" + i, null);
        }
        assertThatThrownBy(() -> fixture.decode(wide, map)).hasMessageEndingWith("more than 10000 fields");
    }

    @Test
    void aBodyThatIsNoRecordIsRefusedUnlessItIsMappedItself() throws Exception {
        Schema number = schema("['null', 'double']");
        assertThatThrownBy(() -> fixture.decode(number, 2.5)).hasMessageEndingWith("not a record but: double");
        assertThat(new AvroFixture().reading("v", "").decode(number, 2.5)).containsExactly("ABSENT ABSENT 2.5");
    }

    @ParameterizedTest
    @CsvSource({
        "'', does not begin with a schema id (a zero byte",
        "7B, does not begin with a schema id (a zero byte",
        "00000001, does not begin with a schema id",
        "0000000000, does not begin with a schema id",
        "0000000000 0000000000000000, does not begin with a schema id",
        "0000000000 00000000, schema id 0 is none that a registry gives",
        "00FFFFFFFF, schema id 4294967295 is none that a registry gives",
        "0000000001, no schema 1",
        "0000000000 0000000A, no schema 10",
    })
    void anEventWithoutAKnownIdIsMalformed(String hex, String fault) {
        AvroDecoder decoder = new AvroDecoder(fixture.layout(), id -> {
            throw new MalformedEventException("no schema " + id);
        });
        byte[] event = HexFormat.of().parseHex(hex.replace(" ", ""));
        if (event.length == 13) {
            event = Arrays.copyOf(event, 8); // too short for an id of eight bytes
        }
        byte[] sent = event;
        assertThatThrownBy(() -> AvroFixture.shown(decoder, fixture.layout(), sent))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith(fault);
    }

    @Test
    void theWriterMayChangeItsSchemaInTheMiddle() throws Exception {
        Schema first = record("{'name': 'temp', 'type': 'int'}");
        Schema second = record("{'name': 'new', 'type': 'string'},"
                + " {'name': 'temperature', 'aliases': ['temp'], 'type': ['null', 'double']}");
        fixture.reading("t", "temp");
        Layout layout = fixture.layout();
        AvroDecoder decoder = new AvroDecoder(layout, id -> id == 1 ? first : second);
        GenericRecord old = new GenericData.Record(first);
        old.put("id", "s1");
        old.put("ts", 17L);
        old.put("temp", 20);
        GenericRecord now = new GenericData.Record(second);
        now.put("id", "s1");
        now.put("ts", 18L);
        now.put("new", "x");
        now.put("temperature", 20.5);

        byte[] one = AvroBodies.framed(1, AvroBodies.plain(first, old));
        byte[] two = AvroBodies.framedLong(2, AvroBodies.plain(second, now));
        assertThat(AvroFixture.shown(decoder, layout, one)).containsExactly("s1 17 20");
        assertThat(AvroFixture.shown(decoder, layout, two)).containsExactly("s1 18 20.5");
        assertThat(AvroFixture.shown(decoder, layout, one)).containsExactly("s1 17 20");
    }

    @Property(tries = 2_000)
    void anyBytesAreDecodedOrMalformed(@ForAll @Size(max = 60) byte[] bytes) {
        for (AvroFixture any : fixtures()) {
            decodesOrRejects(any, bytes);
        }
    }

    @Property(tries = 2_000)
    void aGoodBodyWithFlippedBitsIsDecodedOrMalformed(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] body = AvroBodies.plain(RICH, rich(random, 2));
        for (AvroFixture any : fixtures()) {
            decodesOrRejects(any, body);
            byte[] damaged = Arrays.copyOf(body, random.nextInt(4) == 0 ? random.nextInt(body.length) : body.length);
            for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            decodesOrRejects(any, damaged);
        }
    }

    private static List<AvroFixture> fixtures() {
        return List.of(
                new AvroFixture().reading("a", "a").reading("b", "/m/k0").reading("c", "/list/1/d"),
                new AvroFixture()
                        .sensor("^/id")
                        .time("^/ts")
                        .each("/list")
                        .reading("v", "v")
                        .reading("d", "d"),
                new AvroFixture().wildcard(""),
                new AvroFixture().opening(Opening.Kind.UNWRAP, "/id").reading("v", "v"));
    }

    /** Nothing but the one exception may come out. */
    private static void decodesOrRejects(AvroFixture mapped, byte[] body) {
        try {
            mapped.decode(RICH, body);
        } catch (MalformedEventException e) {
            assertThat(e).hasMessageStartingWith("not Avro of the input's schema");
        }
    }

    private static GenericRecord rich(Random random, int depth) {
        GenericRecord event = new GenericData.Record(RICH);
        event.put("id", "s" + random.nextInt(100));
        event.put("ts", random.nextLong());
        event.put("a", random.nextBoolean() ? random.nextDouble() : null);
        Schema item = RICH.getField("list").schema().getElementType();
        GenericRecord one = new GenericData.Record(item);
        one.put("v", random.nextInt());
        one.put("d", java.nio.ByteBuffer.wrap(new byte[] {1, (byte) random.nextInt()}));
        event.put("list", List.of(one, one));
        event.put("m", new HashMap<>(Map.of("k" + random.nextInt(2), random.nextBoolean() ? "text" : true)));
        event.put("skipped", depth == 0 ? List.of() : List.of(rich(random, depth - 1)));
        return event;
    }
}

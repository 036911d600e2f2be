package dev.weir.core.decode;

import static dev.weir.core.decode.AvroFixture.record;
import static dev.weir.core.decode.AvroFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.core.catalog.Opening;
import dev.weir.testing.generate.AvroBodies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that open into items, texts that hold JSON, and objects whose members are readings. */
class AvroItemsTest {
    private final AvroFixture fixture = new AvroFixture();

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
            new AvroDecoder(layout, schema.toString()).decode(AvroBodies.plain(schema, event), null, items);
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

    private static GenericRecord event(Schema schema) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("id", "s1");
        event.put("ts", 17L);
        return event;
    }
}

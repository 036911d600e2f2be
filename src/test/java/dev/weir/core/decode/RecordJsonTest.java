package dev.weir.core.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/** What a dead letter shows of a row of an Avro or Parquet file. */
class RecordJsonTest {
    private static final String ALL =
            """
            {"type": "record", "name": "all", "fields": [
              {"name": "text", "type": "string"}, {"name": "yes", "type": "boolean"}, {"name": "i", "type": "int"},
              {"name": "l", "type": {"type": "long", "logicalType": "timestamp-micros"}}, {"name": "f", "type": "float"},
              {"name": "d", "type": ["null", "double"]}, {"name": "none", "type": ["null", "double"]},
              {"name": "nan", "type": "double"}, {"name": "raw", "type": "bytes"},
              {"name": "fix", "type": {"type": "fixed", "name": "two", "size": 2}},
              {"name": "e", "type": {"type": "enum", "name": "mood", "symbols": ["GOOD", "BAD"]}},
              {"name": "list", "type": {"type": "array", "items": "int"}},
              {"name": "map", "type": {"type": "map", "values": {"type": "record", "name": "in", "fields":
                [{"name": "x", "type": "long"}]}}}]}""";

    private static final String NULLS = "{\"type\": \"array\", \"items\": \"null\"}";

    private final RecordJson json = new RecordJson();

    @Test
    void showsValuesOfEveryTypeWithoutTheNamesOfBranches() throws IOException {
        Schema schema = new Schema.Parser().parse(ALL);
        GenericData.Record in =
                new GenericData.Record(schema.getField("map").schema().getValueType());
        in.put("x", -1L);
        GenericData.Record all = new GenericData.Record(schema);
        all.put("text", "s\"ä");
        all.put("yes", true);
        all.put("i", -7);
        all.put("l", Long.MAX_VALUE);
        all.put("f", 1.5f);
        all.put("d", 21.5);
        all.put("none", null);
        all.put("nan", Double.NaN);
        all.put("raw", ByteBuffer.wrap(new byte[] {65, (byte) 0xE9}));
        all.put("fix", new GenericData.Fixed(schema.getField("fix").schema(), new byte[] {66, 67}));
        all.put("e", new GenericData.EnumSymbol(schema.getField("e").schema(), "BAD"));
        all.put("list", List.of(1, 2));
        all.put("map", Map.of("k", in));

        assertThat(json.of(encoded(schema, all), ALL))
                .asString(UTF_8)
                .isEqualTo("{\"text\":\"s\\\"ä\",\"yes\":true,\"i\":-7,\"l\":9223372036854775807,\"f\":1.5,"
                        + "\"d\":21.5,\"none\":null,\"nan\":\"NaN\",\"raw\":\"Aé\",\"fix\":\"BC\",\"e\":\"BAD\","
                        + "\"list\":[1,2],\"map\":{\"k\":{\"x\":-1}}}");
    }

    @Test
    void leavesOtherBytesAlone() {
        byte[] line = "1,2".getBytes(UTF_8);
        assertThat(json.of(line, null)).isSameAs(line);
        assertThat(json.of(null, ALL)).isNull();
        assertThat(json.of(line, "{")).isSameAs(line);
        assertThat(json.of(line, "\"null\"")).as("bytes after the end").isSameAs(line);
        assertThat(json.of(new byte[0], "\"int\"")).isEmpty();
    }

    /** Two to the 40 nulls take seven bytes. */
    @Test
    void elementsWithoutBytesEndAtTheLimitOfFields() {
        byte[] many = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x40, 0};
        assertThat(json.of(many, NULLS)).isSameAs(many);
        assertThat(json.of(new byte[] {4, 0}, NULLS)).asString(UTF_8).isEqualTo("[null,null]");
    }

    @Test
    void noBytesMakeItThrow() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertThat(json.of(bytes, ALL)).isNotNull();
        }
    }

    private static byte[] encoded(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}

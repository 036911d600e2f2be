package dev.weir.core.decode;

import static dev.weir.core.decode.AvroFixture.record;
import static dev.weir.core.decode.AvroFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroLogicalTypesTest {
    private final AvroFixture fixture = new AvroFixture();

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
}

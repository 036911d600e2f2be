package dev.weir.testing.generate;

import dev.weir.core.catalog.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes messages with Avro's own library, in one of the two schemas below. What a field's type has no place for becomes a text. */
final class AvroWriter {
    /** One reading. */
    static final String READING =
            """
            {"type": "record", "name": "Reading", "fields": [
              {"name": "device", "type": ["null", "string", "long", "boolean"]},
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}, "string", "boolean"]},
              {"name": "place", "type": ["null", "string", "int"]},
              {"name": "metric", "type": ["null", "string"]},
              {"name": "unit", "type": ["null", "string", "int"]},
              {"name": "value", "type": ["null", "double", "float", "int", "string", "boolean",
                {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}]}]}
            """;

    /** An array of samples, whose readings are a map. */
    static final String BATCH =
            """
            {"type": "record", "name": "Batch", "fields": [
              {"name": "gateway", "type": "string"},
              {"name": "place", "type": ["null", "string", "int"]},
              {"name": "samples", "type": {"type": "array", "items": {"type": "record", "name": "Sample", "fields": [
                {"name": "id", "type": ["null", "string", "long", "boolean"]},
                {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}, "string", "boolean"]},
                {"name": "data", "type": {"type": "map", "values": ["null", "double", "string", "boolean", "float"]}}]}}}]}
            """;

    private static final int DECIMALS = 3;

    private final Schema schema;
    private final boolean wide;

    AvroWriter(Input input) {
        this.schema = new Schema.Parser().parse(input.payload().avro().schema());
        this.wide = input.wide();
    }

    Sent write(List<Message> messages, String around) {
        GenericRecord body = wide ? batch(messages, around) : reading(messages.get(0));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema).write(body, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Sent(null, List.of(), bytes.toByteArray());
    }

    private GenericRecord reading(Message message) {
        GenericRecord reading = new GenericData.Record(schema);
        put(reading, "device", message.sensor);
        put(reading, "at", message.time instanceof Long millis ? (Object) (millis * 1_000) : message.time);
        put(reading, "place", message.site);
        put(reading, "metric", message.metric);
        put(reading, "unit", message.unit);
        message.values.values().forEach(value -> put(reading, "value", number(value, message)));
        return reading;
    }

    private GenericRecord batch(List<Message> messages, String around) {
        GenericRecord batch = new GenericData.Record(schema);
        batch.put("gateway", around);
        List<GenericRecord> samples = new ArrayList<>();
        Schema type = schema.getField("samples").schema().getElementType();
        Schema values = type.getField("data").schema().getValueType();
        for (Message message : messages) {
            GenericRecord sample = new GenericData.Record(type);
            put(sample, "id", message.sensor);
            put(sample, "at", message.time);
            Map<String, Object> data = new LinkedHashMap<>();
            message.values.forEach((metric, value) -> {
                if (value != Message.ABSENT) {
                    data.put(metric, fitting(values, value));
                }
            });
            sample.put("data", data);
            put(batch, "place", message.site);
            samples.add(sample);
        }
        batch.put("samples", samples);
        return batch;
    }

    /** Now and then as a float or a decimal. */
    private static Object number(Object value, Message message) {
        int dice = message.time instanceof Long millis ? (int) Math.floorMod(millis, 4L) : 0;
        if (!(value instanceof Double number) || dice > 1 || !Double.isFinite(number)) {
            return value;
        }
        return dice == 0
                ? ByteBuffer.wrap(BigDecimal.valueOf(number)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .unscaledValue()
                        .toByteArray())
                : (Object) number.floatValue();
    }

    private static void put(GenericRecord record, String field, Object value) {
        record.put(field, fitting(record.getSchema().getField(field).schema(), value));
    }

    private static Object fitting(Schema union, Object value) {
        if (value == null || value == Message.ABSENT) {
            return null;
        }
        if (value instanceof Message.RAW raw) {
            // As it stands, the token of a text would be a good name, the same for several sensors.
            return raw.token().matches("NaN|-?1e999") ? (Object) Double.valueOf(raw.token()) : "\u0007";
        }
        boolean fits =
                union.getTypes().stream().anyMatch(type -> GenericData.get().validate(type, value));
        return fits ? value : value.toString();
    }
}

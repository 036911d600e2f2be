package dev.weir.testing.catalogtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes JSON as Avro, by a schema. Of a union, null is the branch "null" and anything else the first other branch; a decimal is a number
 * or a text; a field that is left out has its default.
 */
final class AvroBytes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AvroBytes() {}

    /** @throws IllegalArgumentException for a value that does not fit the schema; the message names the field */
    static byte[] of(Schema schema, String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value(schema, JSON.readTree(json), "value"), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static Object value(Schema schema, JsonNode json, String name) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, json, name);
            case UNION -> union(schema, json, name);
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                json.forEach(item -> items.add(value(schema.getElementType(), item, name)));
                yield items;
            }
            case MAP -> {
                Map<String, Object> members = new HashMap<>();
                json.fields()
                        .forEachRemaining(member -> members.put(
                                member.getKey(), value(schema.getValueType(), member.getValue(), member.getKey())));
                yield members;
            }
            case ENUM -> new GenericData.EnumSymbol(schema, json.asText());
            case STRING -> json.asText();
            case INT -> json.asInt();
            case LONG -> json.asLong();
            case FLOAT -> (float) json.asDouble();
            case DOUBLE -> json.asDouble();
            case BOOLEAN -> json.asBoolean();
            case NULL -> null;
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? new DecimalConversion().toBytes(decimal(json, decimal, name), schema, decimal)
                        : ByteBuffer.wrap(json.asText().getBytes(StandardCharsets.UTF_8));
            case FIXED ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? new DecimalConversion().toFixed(decimal(json, decimal, name), schema, decimal)
                        : new GenericData.Fixed(schema, json.asText().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static Object record(Schema schema, JsonNode json, String name) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(name + " must be an object");
        }
        json.fieldNames().forEachRemaining(field -> {
            if (schema.getField(field) == null) {
                throw new IllegalArgumentException(field + " is no field of " + schema.getName());
            }
        });
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode member = json.get(field.name());
            if (member == null && !field.hasDefaultValue()) {
                throw new IllegalArgumentException(field.name() + " is missing, and has no default");
            }
            record.put(
                    field.pos(),
                    member == null
                            ? GenericData.get().getDefaultValue(field)
                            : value(field.schema(), member, field.name()));
        }
        return record;
    }

    private static Object union(Schema schema, JsonNode json, String name) {
        for (Schema branch : schema.getTypes()) {
            if (json.isNull() == (branch.getType() == Schema.Type.NULL)) {
                return value(branch, json, name);
            }
        }
        throw new IllegalArgumentException(name + " fits no branch of its union");
    }

    private static BigDecimal decimal(JsonNode json, LogicalTypes.Decimal decimal, String name) {
        try {
            return new BigDecimal(json.asText()).setScale(decimal.getScale(), RoundingMode.UNNECESSARY);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got " + json, e);
        }
    }
}

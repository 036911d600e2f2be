package dev.weir.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Shows Avro records as JSON, for dead letters: nobody can read a record without the file that has its schema. A value of a union stands
 * there without the name of its branch, bytes are ISO 8859-1, and numbers that JSON cannot hold are texts. Not thread-safe.
 */
public final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final AvroBytes in = new AvroBytes();
    private final AvroSkips skips = new AvroSkips();
    private String lastText;
    private Schema lastSchema;

    /**
     * Returns the record as one line of JSON. Returns the bytes as they are if there is no schema, or if they are no record of it.
     *
     * @param schema the schema's JSON; null if the bytes are no Avro
     */
    public byte[] of(byte[] record, String schema) {
        if (record == null || schema == null) {
            return record;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * record.length);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            in.begin(record, 0);
            write(parsed(schema), json);
            if (in.left() != 0) {
                return record;
            }
        } catch (MalformedEventException | IllegalArgumentException e) {
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Writing to memory does not fail.
        }
        return out.toByteArray();
    }

    private Schema parsed(String text) {
        if (!text.equals(lastText)) {
            lastSchema = AvroSchemas.parse(List.of(text));
            lastText = text;
        }
        return lastSchema;
    }

    private void write(Schema schema, JsonGenerator json) throws IOException, MalformedEventException {
        switch (schema.getType()) {
            case NULL -> json.writeNull();
            case BOOLEAN -> json.writeBoolean(in.readBoolean());
            case INT -> json.writeNumber(in.readInt());
            case LONG -> json.writeNumber(in.readLong());
            case FLOAT -> json.writeNumber(in.readFloat());
            case DOUBLE -> json.writeNumber(in.readDouble());
            case STRING -> json.writeString(text(in.readLength(), true));
            case BYTES -> json.writeString(text(in.readLength(), false));
            case FIXED -> json.writeString(text(schema.getFixedSize(), false));
            case ENUM -> {
                List<String> symbols = schema.getEnumSymbols();
                json.writeString(symbols.get(in.readIndex(symbols.size(), "symbol")));
            }
            case UNION -> {
                List<Schema> branches = schema.getTypes();
                write(branches.get(in.readIndex(branches.size(), "branch")), json);
            }
            case RECORD -> writeRecord(schema, json);
            case ARRAY -> writeArray(schema.getElementType(), json);
            case MAP -> writeMap(schema.getValueType(), json);
        }
    }

    private void writeRecord(Schema schema, JsonGenerator json) throws IOException, MalformedEventException {
        in.enter();
        in.countFields(schema.getFields().size());
        json.writeStartObject();
        for (Schema.Field field : schema.getFields()) {
            json.writeFieldName(field.name());
            write(field.schema(), json);
        }
        json.writeEndObject();
        in.leave();
    }

    private void writeArray(Schema element, JsonGenerator json) throws IOException, MalformedEventException {
        boolean empty = skips.isEmpty(element);
        in.enter();
        json.writeStartArray();
        for (long left = in.readBlock(empty); left != 0; left = in.readBlock(empty)) {
            for (; left != 0; left--) {
                if (empty) {
                    in.countFields(1); // Elements without bytes end only by this limit.
                }
                write(element, json);
            }
        }
        json.writeEndArray();
        in.leave();
    }

    private void writeMap(Schema value, JsonGenerator json) throws IOException, MalformedEventException {
        in.enter();
        json.writeStartObject();
        for (long left = in.readBlock(false); left != 0; left = in.readBlock(false)) {
            for (; left != 0; left--) {
                in.countFields(1);
                json.writeFieldName(text(in.readLength(), true));
                write(value, json);
            }
        }
        json.writeEndObject();
        in.leave();
    }

    private String text(int length, boolean utf8) throws MalformedEventException {
        int from = in.take(length);
        byte[] bytes = Arrays.copyOfRange(in.bytes(), from, from + length);
        return new String(bytes, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }
}

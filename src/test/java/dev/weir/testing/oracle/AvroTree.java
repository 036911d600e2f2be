package dev.weir.testing.oracle;

import dev.weir.core.model.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Reads one Avro body into maps, lists and values, by the letter of Avro's specification: nothing that the encoding does not have is
 * accepted. Only the schema is the library's; bodies for tests are written by the library.
 */
final class AvroTree {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_FIELDS = 10_000;
    private static final int MAX_DECIMAL_BYTES = 128;
    private static final int GREATEST_SHIFT = 63;

    private final ByteBuffer bytes;
    private int depth;
    private int fields;

    AvroTree(byte[] body) {
        bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The body, behind which there is nothing. */
    Object whole(Schema schema) throws EventFault {
        try {
            Object value = read(schema);
            require(!bytes.hasRemaining());
            return value;
        } catch (BufferUnderflowException e) {
            throw fault();
        }
    }

    /** How many fields of records and entries of maps have come. */
    int fields() {
        return fields;
    }

    private Object read(Schema schema) throws EventFault {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> {
                byte b = bytes.get();
                require(b == 0 || b == 1);
                yield new Fields.Other(b == 1 ? "true" : "false");
            }
            case INT, LONG -> integer(schema);
            case FLOAT -> number(bytes.getFloat());
            case DOUBLE -> number(bytes.getDouble());
            case STRING -> InputDecoder.exactUtf8(take(readLong()));
            case BYTES -> bytes(schema, take(readLong()));
            case FIXED -> bytes(schema, take(schema.getFixedSize()));
            case ENUM ->
                schema.getEnumSymbols().get(index(schema.getEnumSymbols().size()));
            case UNION -> read(schema.getTypes().get(index(schema.getTypes().size())));
            case RECORD -> record(schema);
            case MAP -> map(schema);
            case ARRAY -> array(schema);
        };
    }

    private Map<String, Object> record(Schema schema) throws EventFault {
        enter();
        Map<String, Object> record = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            require(++fields <= MAX_FIELDS);
            record.put(field.name(), read(field.schema()));
        }
        depth--;
        return record;
    }

    private Map<String, Object> map(Schema schema) throws EventFault {
        enter();
        Map<String, Object> map = new LinkedHashMap<>();
        for (long left = block(); left != 0; left = block()) {
            for (; left != 0; left--) {
                require(++fields <= MAX_FIELDS);
                String key = InputDecoder.exactUtf8(take(readLong()));
                Object value = read(schema.getValueType());
                map.remove(key);
                map.put(key, value);
            }
        }
        depth--;
        return map;
    }

    private List<Object> array(Schema schema) throws EventFault {
        enter();
        List<Object> array = new ArrayList<>();
        for (long left = block(); left != 0; left = block()) {
            for (; left != 0; left--) {
                array.add(read(schema.getElementType()));
            }
        }
        depth--;
        return array;
    }

    /** A negative number of elements is followed by that of bytes. None takes less than a byte in the schemas of the tests. */
    private long block() throws EventFault {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        require(count >= 0 && count <= bytes.remaining());
        return count;
    }

    private Object integer(Schema schema) throws EventFault {
        long number = readLong();
        require(schema.getType() == Schema.Type.LONG || number == (int) number);
        Fields.Number plain = new Fields.Number(Long.toString(number));
        BigInteger units = BigInteger.valueOf(number);
        String logical = String.valueOf(schema.getProp("logicalType"));
        return switch (logical) {
            case "timestamp-millis" ->
                new Fields.Time(EventTimes.saturated(units.multiply(BigInteger.valueOf(1_000))), plain);
            case "timestamp-micros" -> new Fields.Time(number, plain);
            case "timestamp-nanos" -> new Fields.Time(Math.floorDiv(number, 1_000L), plain);
            default -> plain;
        };
    }

    private static Object number(double number) {
        String raw = Double.isFinite(number) ? new BigDecimal(Double.toString(number)).toString() : "NaN";
        return new Fields.Number(raw);
    }

    private Object bytes(Schema schema, byte[] content) throws EventFault {
        if (!"decimal".equals(schema.getProp("logicalType"))) {
            return new Fields.Other("bytes");
        }
        require(content.length > 0 && content.length <= MAX_DECIMAL_BYTES);
        int scale = schema.getObjectProp("scale") instanceof Integer decimals ? decimals : 0;
        return new Fields.Number(new BigDecimal(new BigInteger(content), scale).toString());
    }

    private int index(int size) throws EventFault {
        long index = readLong();
        require(index >= 0 && index < size);
        return (int) index;
    }

    /** Seven bits a byte, the lowest first; the sign in the lowest of all. */
    private long readLong() throws EventFault {
        BigInteger raw = BigInteger.ZERO;
        for (int shift = 0; shift <= GREATEST_SHIFT; shift += 7) {
            byte b = bytes.get();
            raw = raw.or(BigInteger.valueOf(b & 0x7F).shiftLeft(shift));
            if (b >= 0) {
                require(raw.bitLength() <= Long.SIZE);
                BigInteger half = raw.shiftRight(1);
                return (raw.testBit(0) ? half.not() : half).longValueExact();
            }
        }
        throw fault();
    }

    private byte[] take(long length) throws EventFault {
        require(length >= 0 && length <= bytes.remaining());
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    private void enter() throws EventFault {
        require(++depth <= MAX_DEPTH);
    }

    private void require(boolean holds) throws EventFault {
        if (!holds) {
            throw fault();
        }
    }

    private EventFault fault() {
        return new EventFault(Reason.MALFORMED, "not Avro at byte " + bytes.position());
    }
}

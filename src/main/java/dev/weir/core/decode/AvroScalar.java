package dev.weir.core.decode;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Reads a value that is neither record nor map nor array and stores it in a slot.
 *
 * <p>Logical types: a decimal is a number, and a UUID a text. In an event time a timestamp is an instant, and a date, a time and a local
 * timestamp are ISO texts, because the catalog has the zone; anywhere else these are the numbers that they are written as. Others, and
 * those that do not fit their type, count for nothing. Bytes without a meaning are {@link Cells.Kind#OTHER}.
 */
@FunctionalInterface
interface AvroScalar {
    /** More decimals than doubles have. */
    int MAX_SCALE = 1_100;

    void store(AvroBytes in, AvroCells to, int slot) throws MalformedEventException;

    /**
     * Returns the reader of a schema that is no union, record, map or array.
     *
     * @param inTime whether the slot is an event time
     */
    static AvroScalar of(Schema schema, boolean inTime) {
        String logical = schema.getProp("logicalType");
        String time = logical == null || !inTime ? "" : logical;
        return switch (schema.getType()) {
            case NULL -> (in, to, slot) -> to.cells().setNull(slot);
            case BOOLEAN -> (in, to, slot) -> to.cells().setBoolean(slot, in.readBoolean());
            case INT -> ofInt(time);
            case LONG -> ofLong(time);
            case FLOAT -> (in, to, slot) -> to.number(slot, in.readFloat());
            case DOUBLE -> (in, to, slot) -> to.number(slot, in.readDouble());
            case STRING ->
                (in, to, slot) -> {
                    int length = in.readLength();
                    to.text(slot, in.bytes(), in.take(length), length);
                };
            case ENUM -> ofEnum(schema.getEnumSymbols().toArray(String[]::new));
            case BYTES, FIXED -> ofBytes(schema);
            default -> throw new IllegalArgumentException(schema.getType().getName());
        };
    }

    /** Returns whether values of the schema are bytes that mean nothing. */
    static boolean isOpaque(Schema schema) {
        boolean bytes = schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED;
        return bytes && scale(schema) < 0 && !isUuid(schema);
    }

    private static AvroScalar ofInt(String time) {
        return switch (time) {
            case "date" ->
                (in, to, slot) -> to.cells()
                        .setText(slot, LocalDate.ofEpochDay(in.readInt()).toString());
            case "time-millis" -> (in, to, slot) -> setTime(to, slot, in.readInt(), 1_000);
            default -> (in, to, slot) -> to.integer(slot, in.readInt());
        };
    }

    private static AvroScalar ofLong(String time) {
        return switch (time) {
            case "timestamp-millis" -> (in, to, slot) -> to.cells().setInstant(slot, Micros.of(in.readLong(), 1_000));
            case "timestamp-micros" -> (in, to, slot) -> to.cells().setInstant(slot, Micros.of(in.readLong(), 1));
            case "timestamp-nanos" ->
                (in, to, slot) -> to.cells().setInstant(slot, Math.floorDiv(in.readLong(), 1_000));
            case "local-timestamp-millis" -> (in, to, slot) -> setLocal(to, slot, in.readLong(), 1_000);
            case "local-timestamp-micros" -> (in, to, slot) -> setLocal(to, slot, in.readLong(), 1_000_000);
            case "local-timestamp-nanos" -> (in, to, slot) -> setLocal(to, slot, in.readLong(), 1_000_000_000);
            case "time-micros" -> (in, to, slot) -> setTime(to, slot, in.readLong(), 1_000_000);
            default -> (in, to, slot) -> to.integer(slot, in.readLong());
        };
    }

    private static void setLocal(AvroCells to, int slot, long units, int perSecond) {
        int nanos = Math.floorMod(units, perSecond) * (1_000_000_000 / perSecond);
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(units, perSecond), nanos, ZoneOffset.UTC);
        to.cells().setText(slot, DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local));
    }

    private static void setTime(AvroCells to, int slot, long units, int perSecond) throws MalformedEventException {
        if (units < 0 || units / perSecond >= 86_400) {
            throw new MalformedEventException("a time of day of " + units);
        }
        LocalTime time = LocalTime.ofNanoOfDay(units * (1_000_000_000 / perSecond));
        to.cells().setText(slot, DateTimeFormatter.ISO_LOCAL_TIME.format(time));
    }

    private static AvroScalar ofEnum(String[] symbols) {
        return (in, to, slot) -> to.cells().setText(slot, symbols[in.readIndex(symbols.length, "symbol")]);
    }

    private static AvroScalar ofBytes(Schema schema) {
        boolean fixed = schema.getType() == Schema.Type.FIXED;
        int size = fixed ? schema.getFixedSize() : 0;
        int scale = scale(schema);
        if (scale >= 0) {
            return (in, to, slot) -> {
                int length = fixed ? size : in.readLength();
                to.decimal(slot, in.bytes(), in.take(length), length, scale);
            };
        }
        if (isUuid(schema)) {
            return (in, to, slot) -> to.cells().setText(slot, uuid(in.bytes(), in.take(size)));
        }
        return (in, to, slot) -> {
            in.take(fixed ? size : in.readLength());
            to.cells().setOther(slot);
        };
    }

    /** Returns the scale of a decimal; -1 if the schema is none. */
    private static int scale(Schema schema) {
        Object scale = schema.getObjectProp("scale");
        boolean decimal = "decimal".equals(schema.getProp("logicalType"));
        if (!decimal || scale == null) {
            return decimal ? 0 : -1;
        }
        return scale instanceof Integer decimals && decimals <= MAX_SCALE ? decimals : -1;
    }

    private static boolean isUuid(Schema schema) {
        return schema.getType() == Schema.Type.FIXED
                && schema.getFixedSize() == 2 * Long.BYTES
                && "uuid".equals(schema.getProp("logicalType"));
    }

    private static String uuid(byte[] bytes, int from) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            high = high << Byte.SIZE | bytes[from + i] & 0xFF;
            low = low << Byte.SIZE | bytes[from + Long.BYTES + i] & 0xFF;
        }
        return new UUID(high, low).toString();
    }
}

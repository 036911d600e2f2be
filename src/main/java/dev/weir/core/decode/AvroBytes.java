package dev.weir.core.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the values of Avro's binary encoding from the bytes of one event. Not thread-safe.
 *
 * <p>Not Avro's own {@code BinaryDecoder}: that one copies every text, accepts encodings that are not valid, such as a boolean of 7, and
 * has limits of its own, which are set by system properties. Here no length is believed that the bytes cannot hold, so nothing is
 * allocated for it, and the only exception is {@link MalformedEventException}.
 */
final class AvroBytes {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The shift of the tenth byte of a long, which holds its last bit. */
    private static final int LAST_SHIFT = 63;

    private byte[] bytes;
    private int at;
    private int fields;
    private int depth;

    /** Begins an event's body, which reaches from {@code start} to the end of the array. */
    void begin(byte[] event, int start) {
        bytes = event;
        at = start;
        fields = 0;
        depth = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns the position of the next byte. */
    int at() {
        return at;
    }

    /** Returns the number of bytes that are left. */
    int left() {
        return bytes.length - at;
    }

    long readLong() throws MalformedEventException {
        int b = readByte();
        if (b >= 0) {
            return ((long) b >>> 1) ^ -(b & 1);
        }
        long raw = b & 0x7F;
        for (int shift = 7; shift <= LAST_SHIFT; shift += 7) {
            b = readByte();
            if (shift == LAST_SHIFT && (b & 0xFE) != 0) {
                break;
            }
            raw |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new MalformedEventException("an integer of more than 64 bits");
    }

    int readInt() throws MalformedEventException {
        long number = readLong();
        if ((int) number != number) {
            throw new MalformedEventException(number + " where the schema has an int");
        }
        return (int) number;
    }

    boolean readBoolean() throws MalformedEventException {
        int b = readByte();
        if ((b & 0xFE) != 0) {
            throw new MalformedEventException((b & 0xFF) + " where the schema has a boolean");
        }
        return b == 1;
    }

    float readFloat() throws MalformedEventException {
        return Float.intBitsToFloat((int) INTS.get(bytes, take(Float.BYTES)));
    }

    double readDouble() throws MalformedEventException {
        return Double.longBitsToDouble((long) LONGS.get(bytes, take(Double.BYTES)));
    }

    /** Reads the length of a text or of bytes, which are all there. */
    int readLength() throws MalformedEventException {
        long length = readLong();
        if (length < 0 || length > left()) {
            throw new MalformedEventException("a length of " + length + " where " + left() + " bytes are left");
        }
        return (int) length;
    }

    /** Reads the index of a union's branch or of an enum's symbol. */
    int readIndex(int size, String of) throws MalformedEventException {
        long index = readLong();
        if (index < 0 || index >= size) {
            throw new MalformedEventException(of + ' ' + index + " where the schema has " + size);
        }
        return (int) index;
    }

    /**
     * Reads the head of the next block of an array or map. Returns its number of elements, which is 0 at the end.
     *
     * @param empty whether an element takes no bytes, so that any number of them fits
     */
    long readBlock(boolean empty) throws MalformedEventException {
        long count = readLong();
        if (count < 0) {
            readLong(); // the number of bytes, for readers that skip by it
            count = -count;
        }
        if (count < 0 || count > left() && !empty) {
            throw new MalformedEventException("a block of " + count + " elements where " + left() + " bytes are left");
        }
        return count;
    }

    /** Skips that many bytes and returns the position of the first. */
    int take(int length) throws MalformedEventException {
        if (length > left()) {
            throw tooShort();
        }
        int from = at;
        at += length;
        return from;
    }

    private byte readByte() throws MalformedEventException {
        if (at == bytes.length) {
            throw tooShort();
        }
        return bytes[at++];
    }

    private static MalformedEventException tooShort() {
        return new MalformedEventException("the body ends too early");
    }

    /** Enters a record, map or array. */
    void enter() throws MalformedEventException {
        if (++depth > JsonDecoder.MAX_DEPTH) {
            throw new MalformedEventException("nested deeper than " + JsonDecoder.MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    /** Returns the number of records, maps and arrays around the next value. */
    int depth() {
        return depth;
    }

    void countFields(int more) throws MalformedEventException {
        fields += more;
        if (fields > Decoder.MAX_FIELDS) {
            throw new MalformedEventException("more than " + Decoder.MAX_FIELDS + " fields");
        }
    }

    /** Returns the number of fields so far. */
    int fields() {
        return fields;
    }
}

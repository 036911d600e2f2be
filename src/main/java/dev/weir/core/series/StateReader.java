package dev.weir.core.series;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote, in the same order. Reading past the end throws {@link IndexOutOfBoundsException}. */
final class StateReader {
    private final byte[] bytes;
    private int at;

    StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int readByte() {
        return bytes[at++];
    }

    long readLong() {
        long zigzag = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            zigzag |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
    }

    double readDouble() {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | bytes[at++] & 0xFF;
        }
        return Double.longBitsToDouble(bits);
    }

    String readText() {
        int size = Math.toIntExact(readLong());
        if (size < 0) {
            return null;
        }
        String text = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    BigInteger readNumber() {
        int zeros = Math.toIntExact(readLong());
        int size = Math.toIntExact(readLong());
        BigInteger number = new BigInteger(bytes, at, size).shiftLeft(zeros);
        at += size;
        return number;
    }
}

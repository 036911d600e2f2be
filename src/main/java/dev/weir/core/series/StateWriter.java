package dev.weir.core.series;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer for {@link SeriesStateCodec}. Whole numbers are written as zigzag varints of 7 bits a byte, doubles big-endian. */
final class StateWriter {
    private byte[] bytes = new byte[512];
    private int length;

    int length() {
        return length;
    }

    /** Discards the bytes after the given length. */
    void truncate(int to) {
        length = to;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void writeByte(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    void writeLong(long value) {
        room(10);
        int at = length;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        length = at;
    }

    void writeDouble(double value) {
        room(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (bits >>> shift);
        }
    }

    /**
     * Writes a text.
     *
     * @param text may be null
     */
    void writeText(String text) {
        if (text == null) {
            writeLong(-1);
            return;
        }
        if (!writeAscii(text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeLong(utf8.length);
            room(utf8.length);
            System.arraycopy(utf8, 0, bytes, length, utf8.length);
            length += utf8.length;
        }
    }

    /**
     * Writes a number of any size: the count of its low zero bits, the count of bytes that follow, and the rest of its bits as big-endian
     * two's complement.
     */
    void writeNumber(BigInteger number) {
        int zeros = Math.max(0, number.getLowestSetBit());
        byte[] rest = number.shiftRight(zeros).toByteArray();
        writeLong(zeros);
        writeLong(rest.length);
        room(rest.length);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length += rest.length;
    }

    /**
     * Writes the text if it is ASCII, as nearly all texts are, and returns whether it was. Needs no array in between. Writes nothing
     * otherwise.
     */
    private boolean writeAscii(String text) {
        int before = length;
        writeLong(text.length());
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter > 0x7F) {
                length = before;
                return false;
            }
            bytes[length++] = (byte) letter;
        }
        return true;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}

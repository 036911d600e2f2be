package dev.weir.sink.lake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Collects the bytes of a page, little-endian as Parquet requires. One buffer serves page after page. Not thread-safe.
 */
final class PageBuffer {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * The most values in one packed run, as in Parquet's own writer: 63 groups of 8 values, so that the run's header is
     * one byte.
     */
    private static final int MOST_PACKED = 63 * 8;

    private byte[] bytes = new byte[256];
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Drops everything after the first {@code newSize} bytes. */
    void truncate(int newSize) {
        size = newSize;
    }

    void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putBytes(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Writes the first {@code count} values, each 0 or 1, as booleans: one bit each, without run-length encoding. */
    void putBooleans(int[] values, int count) {
        pack(values, 0, count, Packer.LITTLE_ENDIAN.newBytePacker(1));
    }

    /**
     * Writes the first {@code count} values in Parquet's hybrid of repeated values and packed bits (its encoding RLE).
     *
     * <p>Only long repetitions are written as repetitions. The compression finds short ones, and looking for them costs
     * more than packing.
     */
    void putHybrid(int[] values, int count, int bitWidth) {
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
        int at = 0;
        while (at < count) {
            int equal = equalFrom(values, at, count);
            if (equal >= MOST_PACKED || at + equal == count) {
                putRepeated(values[at], equal, bitWidth);
                at += equal;
            } else {
                int packed = Math.min(MOST_PACKED, count - at);
                putVarInt((packed + 7) / 8 << 1 | 1);
                pack(values, at, packed, packer);
                at += packed;
            }
        }
    }

    /** Writes a value that repeats {@code count} times. */
    void putRepeated(int value, int count, int bitWidth) {
        putVarInt(count << 1);
        for (int bits = 0; bits < bitWidth; bits += Byte.SIZE) {
            putByte(value >>> bits);
        }
    }

    /** Writes the size of everything after the first four bytes into those four bytes. */
    void putSizeInFront() {
        INT.set(bytes, 0, size - Integer.BYTES);
    }

    private static int equalFrom(int[] values, int from, int to) {
        int at = from + 1;
        while (at < to && values[at] == values[from]) {
            at++;
        }
        return at - from;
    }

    /** Packs the values in groups of eight. The last group is filled up with zeros. */
    private void pack(int[] values, int from, int count, BytePacker packer) {
        int width = packer.getBitWidth();
        int whole = count & ~7;
        reserve((whole + 8) / 8 * width);
        for (int i = 0; i < whole; i += 8) {
            packer.pack8Values(values, from + i, bytes, size);
            size += width;
        }
        if (whole < count) {
            int[] rest = Arrays.copyOf(Arrays.copyOfRange(values, from + whole, from + count), 8);
            packer.pack8Values(rest, 0, bytes, size);
            size += width;
        }
    }

    private void putVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putByte(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}

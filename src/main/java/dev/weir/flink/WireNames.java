package dev.weir.flink;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Names that repeat from record to record, as one block of bytes each: made once and found again by hash on the way out, and found by
 * its bytes on the way in, so that a record of a known series costs no text to encode, decode or allocate.
 *
 * <p>Bounded: a name takes the place of the one that fell on the same entry before, which is then only made anew. Not thread-safe.
 *
 * @param <T> an immutable group of names with {@code equals} and {@code hashCode}
 */
abstract class WireNames<T> {
    /** Entries, a power of two: the series of a large fleet, in a few MiB. */
    private static final int SIZE = 1 << 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** By hash of the names, and by hash of their bytes. */
    private final Block<T>[] outward = newTable();

    private final Block<T>[] inward = newTable();
    private byte[] scratch = new byte[256];

    private record Block<T>(T names, byte[] bytes) {}

    @SuppressWarnings("unchecked")
    private static <T> Block<T>[] newTable() {
        return new Block[SIZE];
    }

    /** The names as bytes. */
    abstract byte[] encode(T names) throws IOException;

    abstract T decode(byte[] bytes) throws IOException;

    void write(T names, DataOutputView out) throws IOException {
        int hash = names.hashCode() * (int) MIX;
        int entry = hash >>> 16;
        Block<T> block = outward[entry];
        if (block == null || !block.names.equals(names)) {
            block = new Block<>(names, encode(names));
            outward[entry] = block;
        }
        out.writeInt(block.bytes.length);
        out.write(block.bytes);
    }

    T read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length > scratch.length) {
            scratch = new byte[length];
        }
        in.readFully(scratch, 0, length);
        int entry = (int) (hash(scratch, length) >>> 48);
        Block<T> block = inward[entry];
        if (block == null || !Arrays.equals(block.bytes, 0, block.bytes.length, scratch, 0, length)) {
            byte[] bytes = Arrays.copyOf(scratch, length);
            block = new Block<>(decode(bytes), bytes);
            inward[entry] = block;
        }
        return block.names;
    }

    private static long hash(byte[] bytes, int length) {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, i)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ bytes[i]) * MIX;
        }
        return hash * MIX;
    }
}

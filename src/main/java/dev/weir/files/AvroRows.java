package dev.weir.files;

import dev.weir.core.decode.AvroRecords;
import dev.weir.core.decode.MalformedEventException;
import dev.weir.core.model.FileHead;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The records of an Avro object container file, as their bytes. The file's schema is the head.
 *
 * <p>Not Avro's own reader: that one takes a file that is cut in the middle of a block for one that ends there, and makes objects of
 * records that the decoder reads as bytes. A block is held in memory, so it must not be larger than {@link #MAX_BLOCK_BYTES}, stored or
 * decompressed; writers make blocks of some 64 KB.
 */
final class AvroRows implements RowSource {
    static final int MAX_BLOCK_BYTES = 32 << 20;

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC_BYTES = 16;
    private static final int MAX_VALUE_BYTES = 4 << 20;
    private static final int MAX_ENTRIES = 1_000;

    private final InputStream in;
    private final FileHead head;
    private final AvroRecords records;
    private final AvroCodec codec;
    private final byte[] sync;

    private byte[] block = {};
    private int at;
    /** Records that are left in the block. */
    private long left;

    AvroRows(InputStream bytes) throws IOException {
        in = new BufferedInputStream(bytes, 64 * 1024);
        if (!Arrays.equals(exactly(MAGIC.length), MAGIC)) {
            throw new UnreadableFileException("it is no Avro object container file");
        }
        Map<String, byte[]> meta = readMeta();
        byte[] schema = meta.get("avro.schema");
        if (schema == null) {
            throw new UnreadableFileException("its header has no schema");
        }
        head = new FileHead(null, new String(schema, StandardCharsets.UTF_8));
        try {
            records = new AvroRecords(head.avroSchema());
        } catch (IllegalArgumentException e) {
            throw new UnreadableFileException("its schema is none: " + e.getMessage(), e);
        }
        byte[] name = meta.get("avro.codec");
        codec = AvroCodec.of(name == null ? "null" : new String(name, StandardCharsets.UTF_8));
        sync = exactly(SYNC_BYTES);
    }

    private Map<String, byte[]> readMeta() throws IOException {
        Map<String, byte[]> meta = new HashMap<>();
        for (long count = readLong(); count != 0; count = readLong()) {
            if (count < 0) {
                readLong();
                count = -count;
            }
            for (; count > 0; count--) {
                String key = new String(exactly(length(MAX_VALUE_BYTES)), StandardCharsets.UTF_8);
                meta.put(key, exactly(length(MAX_VALUE_BYTES)));
                if (meta.size() > MAX_ENTRIES) {
                    throw new UnreadableFileException("its header has more than " + MAX_ENTRIES + " entries");
                }
            }
        }
        return meta;
    }

    @Override
    public FileHead head() {
        return head;
    }

    @Override
    public byte[] next() throws IOException {
        while (left == 0) {
            if (at != block.length) {
                throw new UnreadableFileException((block.length - at) + " bytes follow the last record of a block");
            }
            if (!readBlock()) {
                return null;
            }
        }
        int end;
        try {
            end = records.end(block, at);
        } catch (MalformedEventException e) {
            throw new UnreadableFileException("a block does not hold records of the schema: " + e.getMessage(), e);
        }
        byte[] row = Arrays.copyOfRange(block, at, Math.min(end, at + ByteFeed.LIMIT));
        at = end;
        left--;
        return row;
    }

    private boolean readBlock() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        left = readLong();
        if (left < 0) {
            throw new UnreadableFileException("a block has " + left + " records");
        }
        byte[] stored = exactly(length(MAX_BLOCK_BYTES));
        if (!Arrays.equals(exactly(SYNC_BYTES), sync)) {
            throw new UnreadableFileException("a block does not end with the file's marker");
        }
        block = codec == AvroCodec.NULL ? stored : codec.decompress(stored, MAX_BLOCK_BYTES);
        at = 0;
        return true;
    }

    private int length(int most) throws IOException {
        long length = readLong();
        if (length < 0 || length > most) {
            throw new UnreadableFileException(
                    "a block or an entry of " + length + " bytes, at most " + most + " are read");
        }
        return (int) length;
    }

    private byte[] exactly(int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException("it ends too early");
        }
        return read;
    }

    private long readLong() throws IOException {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("it ends too early");
            }
            raw |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new UnreadableFileException("a number has more than 64 bits");
    }

    @Override
    public void close() {
        StoredFile.closeQuietly(in);
    }
}

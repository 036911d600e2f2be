package dev.weir.files;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/** How the blocks of an Avro file are compressed. */
enum AvroCodec {
    NULL,
    DEFLATE,
    /** With a checksum behind the data. */
    SNAPPY,
    ZSTANDARD,
    BZIP2;

    private static final int CHECKSUM_BYTES = 4;

    /** @throws UnreadableFileException for another codec */
    static AvroCodec of(String name) throws UnreadableFileException {
        return Arrays.stream(values())
                .filter(codec -> codec.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new UnreadableFileException(
                        "its codec is " + name + ": write with deflate, snappy, zstandard or bzip2"));
    }

    /**
     * Returns the bytes of a block.
     *
     * @throws IOException if the block is damaged, or has more than {@code most} bytes
     */
    byte[] decompress(byte[] stored, int most) throws IOException {
        if (this == NULL) {
            return stored;
        }
        if (this == SNAPPY) {
            return unsnapped(stored, most);
        }
        byte[] bytes;
        try (InputStream in = stream(new ByteArrayInputStream(stored))) {
            bytes = in.readNBytes(most + 1);
        }
        if (bytes.length > most) {
            throw tooLarge(most);
        }
        return bytes;
    }

    private InputStream stream(InputStream stored) throws IOException {
        return switch (this) {
            case DEFLATE ->
                new InflaterInputStream(stored, new Inflater(true)) {
                    @Override
                    public void close() {
                        inf.end();
                    }
                };
            case ZSTANDARD -> new ZstdInputStreamNoFinalizer(stored);
            case BZIP2 -> new Bzip2Stream(stored);
            case NULL, SNAPPY -> throw new IllegalStateException(name());
        };
    }

    private static byte[] unsnapped(byte[] stored, int most) throws IOException {
        int length = stored.length - CHECKSUM_BYTES;
        if (length < 0) {
            throw new UnreadableFileException("a block is too short");
        }
        if (Snappy.uncompressedLength(stored, 0, length) > most) {
            throw tooLarge(most);
        }
        byte[] bytes = new byte[Snappy.uncompressedLength(stored, 0, length)];
        Snappy.uncompress(stored, 0, length, bytes, 0);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if ((int) crc.getValue()
                != ByteBuffer.wrap(stored, length, CHECKSUM_BYTES).getInt()) {
            throw new UnreadableFileException("a block's checksum is wrong");
        }
        return bytes;
    }

    private static UnreadableFileException tooLarge(int most) {
        return new UnreadableFileException("a block has more than " + most + " bytes");
    }
}

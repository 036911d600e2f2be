package dev.weir.sink.lake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.weir.config.WeirOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses the pages of all files of one writer, without Hadoop.
 *
 * <p>Parquet's own codecs are Hadoop's, with one set of native buffers per open file. A writer compresses one page at a
 * time, so one set serves all its files. Not thread-safe.
 */
final class PageCompressor implements AutoCloseable {
    /** Parquet's own default, the best ratio of size to time. */
    private static final int ZSTD_LEVEL = 3;

    private final WeirOptions.Compression compression;
    private final ZstdCompressCtx zstd;

    /** Holds a compressed page until its size is known. */
    private byte[] buffer = new byte[0];

    PageCompressor(WeirOptions.Compression compression) {
        this.compression = compression;
        this.zstd = compression == WeirOptions.Compression.ZSTD ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
    }

    CompressionCodecName codec() {
        return switch (compression) {
            case UNCOMPRESSED -> CompressionCodecName.UNCOMPRESSED;
            case GZIP -> CompressionCodecName.GZIP;
            case SNAPPY -> CompressionCodecName.SNAPPY;
            case ZSTD -> CompressionCodecName.ZSTD;
        };
    }

    /** Returns the first {@code size} bytes of a page, compressed, in a new array. */
    byte[] compress(byte[] page, int size) throws IOException {
        return switch (compression) {
            case UNCOMPRESSED -> Arrays.copyOf(page, size);
            case GZIP -> gzip(page, size);
            case SNAPPY -> {
                reserve(Snappy.maxCompressedLength(size));
                yield Arrays.copyOf(buffer, Snappy.compress(page, 0, size, buffer, 0));
            }
            case ZSTD -> {
                reserve((int) Zstd.compressBound(size));
                int length = zstd.compressByteArray(buffer, 0, buffer.length, page, 0, size);
                yield Arrays.copyOf(buffer, length);
            }
        };
    }

    private static byte[] gzip(byte[] page, int size) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(size / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(page, 0, size);
        }
        return compressed.toByteArray();
    }

    private void reserve(int size) {
        if (buffer.length < size) {
            buffer = new byte[size];
        }
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }
}

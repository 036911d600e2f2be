package dev.weir.sink.lake;

import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses the pages of all files of one writer, without Hadoop.
 *
 * <p>Parquet's own factory makes Hadoop codecs from a Hadoop Configuration, and one set of native buffers per open file.
 * A writer compresses one page at a time, so one set serves all its files. Not thread-safe.
 */
final class PageCompressor implements CompressionCodecFactory, BytesInputCompressor, AutoCloseable {
    /** Parquet's own default: the knee of size against time. */
    private static final int ZSTD_LEVEL = 3;

    private final LakeCompression compression;
    private final ZstdCompressCtx zstd;
    private final Lz4Compressor lz4;

    PageCompressor(LakeCompression compression) {
        this.compression = compression;
        this.zstd = compression == LakeCompression.ZSTD ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
        this.lz4 = compression == LakeCompression.LZ4_RAW ? new Lz4Compressor() : null;
    }

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        return switch (compression) {
            case UNCOMPRESSED -> page;
            case SNAPPY -> BytesInput.from(Snappy.compress(page.toByteArray()));
            case GZIP -> BytesInput.from(gzip(page.toByteArray()));
            case ZSTD -> BytesInput.from(zstd.compress(page.toByteArray()));
            case LZ4_RAW -> BytesInput.from(lz4(page.toByteArray()));
        };
    }

    private static byte[] gzip(byte[] page) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(page.length / 2 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(page);
        }
        return compressed.toByteArray();
    }

    private byte[] lz4(byte[] page) {
        byte[] buffer = new byte[lz4.maxCompressedLength(page.length)];
        int length = lz4.compress(page, 0, page.length, buffer, 0, buffer.length);
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return compression.codec();
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return this;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the lake is only written here");
    }

    /** Does nothing: Parquet calls it when one file is closed, and the others still need it. {@link #close} frees. */
    @Override
    public void release() {}

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
        }
    }
}

package dev.weir.files;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompresses the pages of Parquet files, without Hadoop, whose codecs Parquet's own factory needs. */
final class PageDecompressor implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("only reads");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Pages(codec);
    }

    @Override
    public void release() {}

    private record Pages(CompressionCodecName codec) implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput page, int size) throws IOException {
            return BytesInput.from(bytes(page.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer page, int stored, ByteBuffer into, int size) throws IOException {
            byte[] bytes = new byte[stored];
            page.get(bytes);
            into.put(bytes(bytes, size));
        }

        private byte[] bytes(byte[] stored, int size) throws IOException {
            byte[] bytes = new byte[size];
            long got =
                    switch (codec) {
                        case UNCOMPRESSED -> {
                            bytes = stored;
                            yield stored.length;
                        }
                        case GZIP -> new GzipStream(new ByteArrayInputStream(stored)).readNBytes(bytes, 0, size);
                        case SNAPPY -> {
                            if (Snappy.uncompressedLength(stored) != size) {
                                yield -1;
                            }
                            yield Snappy.uncompress(stored, 0, stored.length, bytes, 0);
                        }
                        case ZSTD -> Zstd.decompressByteArray(bytes, 0, size, stored, 0, stored.length);
                        case LZ4_RAW -> new Lz4Decompressor().decompress(stored, 0, stored.length, bytes, 0, size);
                        case LZO, BROTLI, LZ4 ->
                            throw new UnreadableFileException(
                                    "its codec is " + codec + ": write with snappy, gzip, zstd or lz4_raw");
                    };
            if (got != size) {
                throw new UnreadableFileException("a page has not the size that its header says");
            }
            return bytes;
        }

        @Override
        public void release() {}
    }
}

package dev.weir.sink.lake;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;

/** Makes the Parquet writers of one sink writer's files, sized so that all of them together fit into memory. */
final class ParquetFiles<T> implements AutoCloseable {
    /**
     * What the row groups of all open files of one writer may hold together. Two sinks of 64 files then stay below half of a
     * heap of 1 GiB; one file's share, 4 MiB, is still a row group of some 100,000 readings.
     */
    private static final long ROW_GROUPS_BYTES = 256L << 20;

    private static final long MIN_ROW_GROUP_BYTES = 1L << 20;
    private static final long MAX_ROW_GROUP_BYTES = 64L << 20;

    /** Small pages, since Parquet's first buffers and the dictionaries of all columns of all open files grow with them. */
    private static final int PAGE_BYTES = 128 << 10;

    /** Never repeats, so that a dictionary would only be built to be thrown away. */
    private static final String UNIQUE_COLUMN = "origin_offset";

    private final LakeTable<T> table;
    private final long rowGroupBytes;
    private final PageCompressor compressor;
    private final TextCache texts = new TextCache();

    ParquetFiles(LakeTable<T> table, LakeCompression compression, int maxOpenFiles) {
        this.table = table;
        this.rowGroupBytes = rowGroupBytes(maxOpenFiles);
        this.compressor = new PageCompressor(compression);
    }

    static long rowGroupBytes(int maxOpenFiles) {
        return Math.max(MIN_ROW_GROUP_BYTES, Math.min(MAX_ROW_GROUP_BYTES, ROW_GROUPS_BYTES / maxOpenFiles));
    }

    /** Begins a file; closing the writer writes the footer and leaves the stream open. */
    ParquetWriter<T> open(OutputStream stream) throws IOException {
        return new Builder<>(new StreamOutputFile(stream), new TableWriteSupport<>(table, texts))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(compressor)
                .withCompressionCodec(compressor.getCodecName())
                .withRowGroupSize(rowGroupBytes)
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(PAGE_BYTES)
                .withDictionaryEncoding(true)
                .withDictionaryEncoding(UNIQUE_COLUMN, false)
                .build();
    }

    @Override
    public void close() {
        compressor.close();
    }

    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
        private final WriteSupport<T> support;

        Builder(OutputFile file, WriteSupport<T> support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<T> getWriteSupport(Configuration configuration) {
            return support;
        }
    }
}

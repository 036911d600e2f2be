package dev.weir.sink.lake;

import dev.weir.config.WeirOptions;
import java.io.IOException;
import java.io.OutputStream;

/** Creates the Parquet files of one sink writer, sized so that all open files together fit into memory. */
final class ParquetFiles<T> implements AutoCloseable {
    /**
     * The compressed bytes that the finished pages of all open files of one writer may hold together. A file also has a
     * page that is being written and dictionaries, some 2 MiB. Two sinks of 64 files then take around half of a heap of
     * 1 GiB. The share of one file, 2 MiB, is still a row group of some 200,000 readings.
     */
    private static final long ROW_GROUPS_BYTES = 128L << 20;

    private static final long MIN_ROW_GROUP_BYTES = 1L << 20;
    private static final long MAX_ROW_GROUP_BYTES = 64L << 20;

    /** The part of its row group that a dictionary may take, as a divisor: 2 MiB give the names of 10,000 sensors. */
    private static final int DICTIONARY_SHARE = 16;

    private static final long MIN_DICTIONARY_BYTES = 128L << 10;
    private static final long MAX_DICTIONARY_BYTES = 1L << 20;

    private final LakeTable<T> table;
    private final long rowGroupBytes;
    private final PageCompressor compressor;
    private final ColumnChunk.PageTools tools;

    ParquetFiles(LakeTable<T> table, WeirOptions.Compression compression, int maxOpenFiles) {
        this.table = table;
        this.rowGroupBytes = rowGroupBytes(maxOpenFiles);
        this.compressor = new PageCompressor(compression);
        this.tools = new ColumnChunk.PageTools(compressor, new PageBuffer(), dictionaryBytes(rowGroupBytes));
    }

    static long rowGroupBytes(int maxOpenFiles) {
        return Math.max(MIN_ROW_GROUP_BYTES, Math.min(MAX_ROW_GROUP_BYTES, ROW_GROUPS_BYTES / maxOpenFiles));
    }

    static int dictionaryBytes(long rowGroupBytes) {
        long share = rowGroupBytes / DICTIONARY_SHARE;
        return (int) Math.max(MIN_DICTIONARY_BYTES, Math.min(MAX_DICTIONARY_BYTES, share));
    }

    /** Begins a file. Closing it writes the footer and leaves the stream open. */
    TableFile<T> open(OutputStream stream) throws IOException {
        return TableFile.create(table, stream, tools, rowGroupBytes);
    }

    @Override
    public void close() {
        compressor.close();
    }
}

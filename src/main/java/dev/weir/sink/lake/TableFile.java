package dev.weir.sink.lake;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Writes one Parquet file: makes pages and row groups of its rows.
 *
 * <p>It replaces Parquet's {@code ParquetWriter}. Parquet lays out the file and its metadata, while the values are
 * encoded here, column by column and a page at a time (docs/adr/0007-parquet-columns.md). Not thread-safe.
 */
final class TableFile<T> implements Closeable {
    private final LakeTable<T> table;
    private final ParquetFileWriter file;
    private final ColumnWriter columns;
    private final long rowGroupBytes;
    private long rowsInGroup;

    private TableFile(LakeTable<T> table, ParquetFileWriter file, ColumnWriter columns, long rowGroupBytes) {
        this.table = table;
        this.file = file;
        this.columns = columns;
        this.rowGroupBytes = rowGroupBytes;
    }

    /** Begins a file in a stream that stays open when the file is closed. */
    static <T> TableFile<T> create(
            LakeTable<T> table, OutputStream stream, ColumnChunk.PageTools tools, long rowGroupBytes)
            throws IOException {
        ParquetFileWriter file = new ParquetFileWriter(
                new StreamOutputFile(stream),
                table.schema(),
                Mode.CREATE,
                rowGroupBytes,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
        file.start();
        return new TableFile<>(table, file, new ColumnWriter(table.schema(), tools), rowGroupBytes);
    }

    void write(T row) throws IOException {
        table.write(row, columns);
        if (columns.endRow()) {
            endPage();
        }
    }

    private void endPage() throws IOException {
        rowsInGroup += columns.endPage();
        if (columns.pageBytes() >= rowGroupBytes) {
            endRowGroup();
        }
    }

    private void endRowGroup() throws IOException {
        file.startBlock(rowsInGroup);
        columns.writeTo(file);
        file.endBlock();
        rowsInGroup = 0;
    }

    /** Writes the remaining rows and the footer. */
    @Override
    public void close() throws IOException {
        if (columns.hasRows()) {
            endPage();
        }
        if (rowsInGroup > 0) {
            endRowGroup();
        }
        file.end(Map.of());
    }
}

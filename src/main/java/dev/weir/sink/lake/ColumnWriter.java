package dev.weir.sink.lake;

import dev.weir.core.model.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Takes the values of a row one after the other, in the order of the schema; the names are not looked at again.
 *
 * <p>Not thread-safe; one per open file.
 */
final class ColumnWriter implements RowWriter<RuntimeException> {
    /** 128 KiB of numbers: a page is what a reader decompresses at once. */
    static final int PAGE_ROWS = 16 * 1024;

    /** Ordinary texts of as many rows take 1 MiB; a bound is for those that are not. */
    private static final long PAGE_TEXT_BYTES = 4L << 20;

    /** Never repeats, so that a dictionary would only be built to be thrown away. */
    private static final String UNIQUE_COLUMN = "origin_offset";

    private final List<ColumnChunk> chunks = new ArrayList<>();

    /** By column; null where the column is of the other kind. */
    private final NumberColumn[] numbers;

    private final TextColumn[] texts;

    private int column;
    private int rows;
    private long textBytes;

    ColumnWriter(MessageType schema, ColumnChunk.Workshop workshop) {
        List<ColumnDescriptor> columns = schema.getColumns();
        this.numbers = new NumberColumn[columns.size()];
        this.texts = new TextColumn[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            ColumnDescriptor descriptor = columns.get(i);
            if (descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
                chunks.add(texts[i] = new TextColumn(descriptor, workshop));
            } else {
                boolean unique = descriptor.getPath()[0].equals(UNIQUE_COLUMN);
                chunks.add(numbers[i] = new NumberColumn(descriptor, workshop, !unique));
            }
        }
    }

    @Override
    public void int32(String name, int value) {
        add(value);
    }

    @Override
    public void int64(String name, long value) {
        add(value);
    }

    @Override
    public void timestamp(String name, long epochMicros) {
        add(epochMicros);
    }

    @Override
    public void float64(String name, double value) {
        add(Double.doubleToRawLongBits(value));
    }

    @Override
    public void bool(String name, boolean value) {
        add(value ? 1 : 0);
    }

    @Override
    public void text(String name, String value) {
        textBytes += texts[column++].add(value);
    }

    @Override
    public void optionalText(String name, String value) {
        if (value == null) {
            addNull();
        } else {
            text(name, value);
        }
    }

    @Override
    public void optionalFloat64(String name, Double value) {
        if (value == null) {
            addNull();
        } else {
            float64(name, value);
        }
    }

    private void add(long value) {
        numbers[column++].add(value);
    }

    private void addNull() {
        chunks.get(column++).addNull();
    }

    /**
     * Returns whether the page is full.
     *
     * @throws IllegalStateException when the table has written fewer columns than its schema has
     */
    boolean endRow() {
        if (column != numbers.length) {
            throw new IllegalStateException("wrote " + column + " of " + numbers.length + " columns");
        }
        column = 0;
        rows++;
        return rows == PAGE_ROWS || textBytes >= PAGE_TEXT_BYTES;
    }

    /** Returns the rows since the last page, now a page of each column. */
    int endPage() throws IOException {
        for (ColumnChunk chunk : chunks) {
            chunk.endPage();
        }
        int ended = rows;
        rows = 0;
        textBytes = 0;
        return ended;
    }

    boolean hasRows() {
        return rows > 0;
    }

    /** Compressed bytes of the finished pages. */
    long pageBytes() {
        long bytes = 0;
        for (ColumnChunk chunk : chunks) {
            bytes += chunk.pageBytes();
        }
        return bytes;
    }

    /** Writes the finished pages as the columns of a row group, and begins another. */
    void writeTo(ParquetFileWriter file) throws IOException {
        for (ColumnChunk chunk : chunks) {
            chunk.writeTo(file);
        }
    }
}

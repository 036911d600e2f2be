package dev.weir.sink.lake;

import dev.weir.core.model.RowWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Writes the values of a row one after the other, in the order of the schema. It ignores their names.
 *
 * <p>Not thread-safe; there is one per open file.
 */
final class ColumnWriter implements RowWriter<RuntimeException> {
    /** Rows in a page: 128 KiB of numbers. A reader decompresses a whole page at once. */
    static final int PAGE_ROWS = 16 * 1024;

    /** Bytes of text in a page. Ordinary texts of a full page take 1 MiB; the bound is for unusually long ones. */
    private static final long PAGE_TEXT_BYTES = 4L << 20;

    /** Columns whose values hardly ever repeat, so that a dictionary would be built only to be abandoned. */
    private static final Set<String> UNIQUE_COLUMNS = Set.of("origin_offset", "origin_row");

    private final List<ColumnChunk> chunks = new ArrayList<>();

    /** The number column at each index; null if the column holds texts. */
    private final NumberColumn[] numbers;

    private final TextColumn[] texts;

    private int column;
    private int rows;
    private long textBytes;

    ColumnWriter(MessageType schema, ColumnChunk.PageTools tools) {
        List<ColumnDescriptor> columns = schema.getColumns();
        this.numbers = new NumberColumn[columns.size()];
        this.texts = new TextColumn[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            ColumnDescriptor descriptor = columns.get(i);
            if (descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
                chunks.add(texts[i] = new TextColumn(descriptor, tools));
            } else {
                boolean unique = UNIQUE_COLUMNS.contains(descriptor.getPath()[0]);
                chunks.add(numbers[i] = new NumberColumn(descriptor, tools, !unique));
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
    public void optionalInt64(String name, Long value) {
        if (value == null) {
            addNull();
        } else {
            add(value);
        }
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
     * Ends a row and returns whether the page is full.
     *
     * @throws IllegalStateException if fewer values were written than the schema has columns
     */
    boolean endRow() {
        if (column != numbers.length) {
            throw new IllegalStateException("wrote " + column + " of " + numbers.length + " columns");
        }
        column = 0;
        rows++;
        return rows == PAGE_ROWS || textBytes >= PAGE_TEXT_BYTES;
    }

    /** Makes a page of each column, and returns the number of rows in it. */
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

    /** Returns the compressed bytes of the finished pages. */
    long pageBytes() {
        long bytes = 0;
        for (ColumnChunk chunk : chunks) {
            bytes += chunk.pageBytes();
        }
        return bytes;
    }

    /** Writes the finished pages as the columns of a row group, and clears them. */
    void writeTo(ParquetFileWriter file) throws IOException {
        for (ColumnChunk chunk : chunks) {
            chunk.writeTo(file);
        }
    }
}

package dev.weir.sink.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Holds one column of the row group that is being written: its finished pages, compressed, and the values of the
 * present page.
 *
 * <p>The idea is that of Parquet's own writer, one dictionary per column chunk as long as it pays. A chunk starts with
 * a dictionary. It abandons the dictionary if the first page would not be smaller with it, and later if it exceeds its
 * bound. From then on pages are plain. Invariant: the dictionary that is written with the chunk holds exactly the
 * values that its finished dictionary pages refer to, so an abandoned dictionary is kept until the chunk is written.
 * Pages are compressed when they end, so the memory of an open file is its compressed pages, one page of values and a
 * dictionary. Not thread-safe.
 */
abstract class ColumnChunk {
    /**
     * Holds the tools that make a page. All columns of all files of one sink writer share them.
     *
     * @param dictionaryBytes the bound of a dictionary, in bytes
     */
    record PageTools(PageCompressor compressor, PageBuffer page, int dictionaryBytes) {}

    private record DataPage(
            int rows, int size, byte[] compressed, Statistics<?> statistics, SizeStatistics sizes, Encoding encoding) {}

    final PageTools tools;
    private final ColumnDescriptor descriptor;
    private final boolean optional;
    private final List<DataPage> pages = new ArrayList<>();
    private long pageBytes;

    /** The rows of the page that have no value, ascending. */
    private int[] nullRows = new int[16];

    private int nulls;

    ColumnChunk(ColumnDescriptor descriptor, PageTools tools) {
        this.descriptor = descriptor;
        this.tools = tools;
        this.optional = descriptor.getMaxDefinitionLevel() > 0;
    }

    final PrimitiveType type() {
        return descriptor.getPrimitiveType();
    }

    final boolean isFirstPage() {
        return pages.isEmpty();
    }

    /**
     * Adds a null.
     *
     * @throws IllegalStateException if the column is required
     */
    final void addNull() {
        if (!optional) {
            throw new IllegalStateException(type().getName() + " has no value");
        }
        if (nulls == nullRows.length) {
            nullRows = Arrays.copyOf(nullRows, 2 * nulls);
        }
        nullRows[nulls] = values() + nulls;
        nulls++;
    }

    /** Returns the compressed bytes of the finished pages. */
    final long pageBytes() {
        return pageBytes;
    }

    /** Makes a page of the values and nulls since the last page. */
    final void endPage() throws IOException {
        PageBuffer page = tools.page();
        page.clear();
        int rows = values() + nulls;
        if (optional) {
            putDefinitionLevels(rows, page);
        }
        Statistics<?> statistics = Statistics.createStats(type());
        statistics.incrementNumNulls(nulls);
        List<Long> definitions = optional ? List.of((long) nulls, (long) values()) : List.of((long) rows);
        SizeStatistics sizes = new SizeStatistics(type(), textBytes(), List.of((long) rows), definitions);
        Encoding encoding = Encoding.PLAIN;
        if (values() > 0) {
            update(statistics);
            encoding = put(page);
        }
        byte[] compressed = tools.compressor().compress(page.bytes(), page.size());
        pages.add(new DataPage(rows, page.size(), compressed, statistics, sizes, encoding));
        pageBytes += compressed.length;
        clearPage();
        nulls = 0;
    }

    private void putDefinitionLevels(int rows, PageBuffer page) {
        page.putInt(0);
        if (nulls == 0 || nulls == rows) {
            page.putRepeated(nulls == 0 ? 1 : 0, rows, 1);
        } else {
            int[] levels = new int[rows];
            Arrays.fill(levels, 1);
            for (int i = 0; i < nulls; i++) {
                levels[nullRows[i]] = 0;
            }
            page.putHybrid(levels, rows, 1);
        }
        page.putSizeInFront();
    }

    /** Writes the dictionary and the finished pages into the file, and clears them. */
    final void writeTo(ParquetFileWriter file) throws IOException {
        long rows = pages.stream().mapToLong(DataPage::rows).sum();
        file.startColumn(descriptor, rows, tools.compressor().codec());
        if (dictionarySize() > 0) {
            writeDictionary(file);
        }
        Encoding levels = optional ? Encoding.RLE : Encoding.BIT_PACKED; // BIT_PACKED means that there are no levels.
        for (DataPage page : pages) {
            file.writeDataPage(
                    page.rows(),
                    page.size(),
                    BytesInput.from(page.compressed()),
                    page.statistics(),
                    page.rows(),
                    Encoding.BIT_PACKED,
                    levels,
                    page.encoding(),
                    null,
                    null,
                    page.sizes());
        }
        file.endColumn();
        pages.clear();
        pageBytes = 0;
        clearDictionary();
    }

    private void writeDictionary(ParquetFileWriter file) throws IOException {
        PageBuffer page = tools.page();
        page.clear();
        putDictionary(page);
        byte[] compressed = tools.compressor().compress(page.bytes(), page.size());
        file.writeDictionaryPage(new DictionaryPage(
                BytesInput.from(compressed), page.size(), dictionarySize(), Encoding.PLAIN_DICTIONARY));
    }

    /** Writes indexes into a dictionary: first how many bits each takes, then the indexes. */
    static void putNumbers(int[] numbers, int count, int dictionarySize, PageBuffer page) {
        int bitWidth = Integer.SIZE - Integer.numberOfLeadingZeros(dictionarySize - 1);
        page.putByte(bitWidth);
        page.putHybrid(numbers, count, bitWidth);
    }

    /** Returns the number of values in the present page, without nulls. */
    abstract int values();

    /** Returns the bytes of these values if they are texts; 0 otherwise. */
    abstract long textBytes();

    /** Adds the least and the greatest of these values to the statistics. */
    abstract void update(Statistics<?> statistics);

    /** Writes these values, and returns their encoding. */
    abstract Encoding put(PageBuffer page);

    abstract void clearPage();

    /** Returns the number of dictionary entries that the finished pages refer to. */
    abstract int dictionarySize();

    abstract void putDictionary(PageBuffer page);

    abstract void clearDictionary();
}

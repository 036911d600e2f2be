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
 * One column of the row group that is being written: its finished pages, compressed, and the values of the page to come.
 *
 * <p>A column tries a dictionary in each row group. It gives it up when the first page would not be smaller for it, and when
 * it grows over its bound: from then on the pages are plain. Not thread-safe.
 */
abstract class ColumnChunk {
    /** What a page is made with; shared by all columns of all files of one sink writer. */
    record Workshop(PageCompressor compressor, PageBuffer page, int dictionaryBytes) {}

    private record DataPage(
            int rows, int size, byte[] compressed, Statistics<?> statistics, SizeStatistics sizes, Encoding encoding) {}

    final Workshop workshop;
    private final ColumnDescriptor descriptor;
    private final boolean optional;
    private final List<DataPage> pages = new ArrayList<>();
    private long pageBytes;

    /** Which rows of the page have no value, ascending. */
    private int[] nullRows = new int[16];

    private int nulls;

    ColumnChunk(ColumnDescriptor descriptor, Workshop workshop) {
        this.descriptor = descriptor;
        this.workshop = workshop;
        this.optional = descriptor.getMaxDefinitionLevel() > 0;
    }

    final PrimitiveType type() {
        return descriptor.getPrimitiveType();
    }

    final boolean isFirstPage() {
        return pages.isEmpty();
    }

    /** @throws IllegalStateException when the column is required */
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

    /** Compressed bytes of the finished pages. */
    final long pageBytes() {
        return pageBytes;
    }

    /** Makes a page of the values and nulls since the last one. */
    final void endPage() throws IOException {
        PageBuffer page = workshop.page();
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
        byte[] compressed = workshop.compressor().compress(page.bytes(), page.size());
        pages.add(new DataPage(rows, page.size(), compressed, statistics, sizes, encoding));
        pageBytes += compressed.length;
        clearPage();
        nulls = 0;
    }

    private void putDefinitionLevels(int rows, PageBuffer page) {
        page.putInt(0);
        if (nulls == 0) {
            page.putRepeated(1, rows, 1);
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

    /** Writes the finished pages into the file, behind their dictionary, and begins anew. */
    final void writeTo(ParquetFileWriter file) throws IOException {
        long rows = pages.stream().mapToLong(DataPage::rows).sum();
        file.startColumn(descriptor, rows, workshop.compressor().codec());
        if (dictionarySize() > 0) {
            writeDictionary(file);
        }
        Encoding levels = optional ? Encoding.RLE : Encoding.BIT_PACKED; // the latter: there are none
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
        PageBuffer page = workshop.page();
        page.clear();
        putDictionary(page);
        byte[] compressed = workshop.compressor().compress(page.bytes(), page.size());
        file.writeDictionaryPage(new DictionaryPage(
                BytesInput.from(compressed), page.size(), dictionarySize(), Encoding.PLAIN_DICTIONARY));
    }

    /** Writes numbers of a dictionary: how many bits each takes, then the numbers. */
    static void putNumbers(int[] numbers, int count, int dictionarySize, PageBuffer page) {
        int bitWidth = Integer.SIZE - Integer.numberOfLeadingZeros(dictionarySize - 1);
        page.putByte(bitWidth);
        page.putHybrid(numbers, count, bitWidth);
    }

    /** Values of the page to come, nulls apart. */
    abstract int values();

    /** Bytes of these values, if they are texts. */
    abstract long textBytes();

    /** Adds the least and the greatest of these values. */
    abstract void update(Statistics<?> statistics);

    /** Writes these values. */
    abstract Encoding put(PageBuffer page);

    abstract void clearPage();

    /** Entries that the finished pages refer to. */
    abstract int dictionarySize();

    abstract void putDictionary(PageBuffer page);

    abstract void clearDictionary();
}

package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows in the encoding of {@link AggregateCodec}, numbered from 0 in the order in which they come. Each lies within one page. Beyond its
 * bytes a row costs one long and no object. A million objects in each epoch would keep the garbage collector busy; pages do not.
 */
final class EncodedRows {
    /** Far below half of a G1 region (1 MiB at least), from which on an array takes whole regions. */
    private static final int PAGE_BYTES = 256 << 10;
    /** A page with less free space is full. A row takes 70 bytes and its texts. A longer row, which is rare, makes its page grow. */
    private static final int ROOM_BYTES = 1 << 10;

    private final List<DataOutputSerializer> pages = new ArrayList<>();
    private int usedPages;
    /** For each row the number of its page (upper half) and its offset in the page (lower half). */
    private long[] places = new long[1 << 10];

    private int count;
    private long encodedBytes;

    void add(Aggregate row) throws IOException {
        DataOutputSerializer page = placeRow();
        int begin = page.length();
        AggregateCodec.write(row, page);
        encodedBytes += page.length() - begin;
    }

    int count() {
        return count;
    }

    /** Returns the bytes of all rows and their places. */
    long bytes() {
        return encodedBytes + (long) count * Long.BYTES;
    }

    /** Returns the page of a row, which other rows share. */
    byte[] page(int row) {
        return pages.get(pageNumber(row)).getSharedBuffer();
    }

    /** Returns the offset of a row in its page. */
    int begin(int row) {
        return (int) places[row];
    }

    /** Returns the bytes of a row. */
    int length(int row) {
        boolean isLast = row + 1 == count || pageNumber(row + 1) != pageNumber(row);
        return (isLast ? pages.get(pageNumber(row)).length() : begin(row + 1)) - begin(row);
    }

    /** Returns what {@link #bytes()} would be with only some of the rows. */
    long bytes(int[] some) {
        long bytes = (long) some.length * Long.BYTES;
        for (int row : some) {
            bytes += length(row);
        }
        return bytes;
    }

    /** Copies some of the rows to pages of their own. */
    EncodedRows only(int[] some) throws IOException {
        EncodedRows only = new EncodedRows();
        for (int row : some) {
            only.placeRow().write(page(row), begin(row), length(row));
            only.encodedBytes += length(row);
        }
        return only;
    }

    /** Removes all rows. Keeps the pages for the next ones, except those that have grown. */
    void clear() {
        pages.removeIf(page -> page.getSharedBuffer().length > PAGE_BYTES);
        pages.forEach(DataOutputSerializer::clear);
        usedPages = 0;
        count = 0;
        encodedBytes = 0;
    }

    private int pageNumber(int row) {
        return (int) (places[row] >>> Integer.SIZE);
    }

    /** Adds a place at the end of a page and returns the page. */
    private DataOutputSerializer placeRow() {
        if (usedPages == 0 || pages.get(usedPages - 1).length() > PAGE_BYTES - ROOM_BYTES) {
            usedPages++;
        }
        if (usedPages > pages.size()) {
            pages.add(new DataOutputSerializer(PAGE_BYTES));
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        DataOutputSerializer page = pages.get(usedPages - 1);
        places[count++] = (long) (usedPages - 1) << Integer.SIZE | page.length();
        return page;
    }
}

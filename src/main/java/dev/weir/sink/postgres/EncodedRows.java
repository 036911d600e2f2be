package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Rows as {@link AggregateCodec} writes them, numbered from 0 in the order in which they come; each lies within one page. Beyond its bytes
 * a row costs one long and no object: a million objects an epoch are what a collector spends its time on, pages it leaves alone.
 */
final class EncodedRows {
    /** Far from half a region of G1 (1 MiB at least), from which on an array gets regions for itself. */
    private static final int PAGE_BYTES = 256 << 10;
    /** A page that has less left is full. A row is 70 bytes and its texts; the rare longer one makes its page grow. */
    private static final int ROOM_BYTES = 1 << 10;

    private final List<DataOutputSerializer> pages = new ArrayList<>();
    private int usedPages;
    /** Of each row the number of its page (upper half) and where in it the row begins. */
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

    /** Bytes of all rows and their places. */
    long bytes() {
        return encodedBytes + (long) count * Long.BYTES;
    }

    /** The page of a row, which other rows share. */
    byte[] page(int row) {
        return pages.get(pageNumber(row)).getSharedBuffer();
    }

    /** Where in its page a row begins. */
    int begin(int row) {
        return (int) places[row];
    }

    /** Bytes of a row. */
    int length(int row) {
        boolean isLast = row + 1 == count || pageNumber(row + 1) != pageNumber(row);
        return (isLast ? pages.get(pageNumber(row)).length() : begin(row + 1)) - begin(row);
    }

    /** What {@link #bytes()} would be with only some of the rows. */
    long bytes(int[] some) {
        long bytes = (long) some.length * Long.BYTES;
        for (int row : some) {
            bytes += length(row);
        }
        return bytes;
    }

    /** Some of the rows in pages of their own. */
    EncodedRows only(int[] some) throws IOException {
        EncodedRows only = new EncodedRows();
        for (int row : some) {
            only.placeRow().write(page(row), begin(row), length(row));
            only.encodedBytes += length(row);
        }
        return only;
    }

    /** Without rows; the pages stay for the next ones, but for those that have grown. */
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

    /** One row more, which begins where the page ends. */
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

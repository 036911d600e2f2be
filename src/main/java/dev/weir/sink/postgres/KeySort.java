package dev.weir.sink.postgres;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Sorts encoded rows by key, and keeps for each key the row that the guard lets stand.
 *
 * <p><b>Idea.</b> A radix sort by the most significant letters. It sorts longs, each made of the next {@value #LETTERS} letters of a key
 * and the number of its row. Rows whose letters are equal are then sorted by the letters that follow. Letters that all keys of a group
 * share are skipped, because the names of sensors usually begin alike.
 *
 * <p><b>Invariant.</b> Each group of equal letters is a range of {@link #order}, and the ranges are visited in the order of the keys. At
 * most one row for each key is added to {@link #standing}.
 *
 * <p><b>Cost.</b> The keys are scattered over the pages. Comparing them directly took half of the time that the task's thread spent on a
 * row. The longs lie side by side, and most of them differ in the first letters.
 */
final class KeySort {
    /** Letters in a long. The number of the row takes the other half. */
    private static final int LETTERS = Integer.BYTES;

    private final EncodedRows rows;
    private final EncodedKey first = new EncodedKey();
    private final EncodedKey key = new EncodedKey();
    private final DataInputDeserializer in = new DataInputDeserializer();
    /** Letters (upper half) and number of the row (lower half). */
    private final long[] order;

    private final int[] standing;
    private int keys;

    private KeySort(EncodedRows rows) {
        this.rows = rows;
        order = new long[rows.count()];
        Arrays.setAll(order, row -> row);
        standing = new int[rows.count()];
    }

    /** Returns the numbers of the rows that stand, one for each key, in the order of the keys. Among equal rows the first one stands. */
    static int[] standing(EncodedRows rows) throws IOException {
        KeySort sort = new KeySort(rows);
        if (rows.count() > 0) {
            sort.sort(0, rows.count(), 0);
        }
        return Arrays.copyOf(sort.standing, sort.keys);
    }

    /** Sorts the range from {@code begin} to {@code end}, exclusive. Its keys have the first {@code alike} letters in common. */
    private void sort(int begin, int end, int alike) throws IOException {
        if (end - begin == 1) {
            standing[keys++] = row(begin);
            return;
        }
        int shared = sharedLetters(begin, end, alike);
        if (shared == first.length()) {
            standing[keys++] = greatest(begin, end);
            return;
        }
        for (int i = begin; i < end; i++) {
            key.set(rows, row(i));
            order[i] = sortable(key, shared, row(i));
        }
        Arrays.sort(order, begin, end);
        int group = begin;
        for (int i = begin + 1; i <= end; i++) {
            if (i == end || order[i] >> Integer.SIZE != order[group] >> Integer.SIZE) {
                sort(group, i, shared + LETTERS);
                group = i;
            }
        }
    }

    private int row(int i) {
        return (int) order[i];
    }

    /** Returns the long of a row, with the letters of its key from {@code begin} on. */
    private static long sortable(EncodedKey key, int begin, int row) {
        long letters = 0;
        for (int at = begin; at < begin + LETTERS; at++) {
            letters = letters << Byte.SIZE | key.letter(at);
        }
        // Longs are sorted as signed numbers, so the sign bit is flipped. The least one then is the one without
        // letters.
        return (letters << Integer.SIZE | row) ^ Long.MIN_VALUE;
    }

    /** Returns how many leading letters all keys of the range share, at least {@code alike}. Sets {@link #first} to the first key. */
    private int sharedLetters(int begin, int end, int alike) throws IOException {
        first.set(rows, row(begin));
        int shared = first.length();
        for (int i = begin + 1; i < end && shared > alike; i++) {
            key.set(rows, row(i));
            shared = first.mismatch(key, alike, shared);
        }
        return shared;
    }

    private int greatest(int begin, int end) throws IOException {
        int greatest = row(begin);
        AggregateOrder.Rank greatestRank = rank(greatest);
        for (int i = begin + 1; i < end; i++) {
            AggregateOrder.Rank rank = rank(row(i));
            if (rank.compareTo(greatestRank) > 0) {
                greatest = row(i);
                greatestRank = rank;
            }
        }
        return greatest;
    }

    private AggregateOrder.Rank rank(int row) throws IOException {
        in.setBuffer(rows.page(row), rows.begin(row), rows.length(row));
        return AggregateCodec.readRank(in);
    }
}

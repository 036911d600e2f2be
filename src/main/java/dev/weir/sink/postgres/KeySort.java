package dev.weir.sink.postgres;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Sorts rows by their keys, and keeps of each key the row that the guard lets stand. What it sorts are longs, made of the letters in which
 * the keys begin to differ and the row's number; then the few rows with these letters alike by those that follow. The keys themselves lie
 * all over the pages, and comparing them again and again was half of what a row cost the task's thread.
 */
final class KeySort {
    /** What the number of a row leaves of a long. */
    private static final int LETTERS = Integer.BYTES;

    private final EncodedRows rows;
    private final EncodedKey first = new EncodedKey();
    private final EncodedKey key = new EncodedKey();
    private final DataInputDeserializer in = new DataInputDeserializer();
    /** Letters (upper half) and the row's number: what is sorted. */
    private final long[] order;

    private final int[] standing;
    private int keys;

    private KeySort(EncodedRows rows) {
        this.rows = rows;
        order = new long[rows.count()];
        Arrays.setAll(order, row -> row);
        standing = new int[rows.count()];
    }

    /** The numbers of the rows that stand, one for each key, in the order of the keys. Among equal rows the first stands. */
    static int[] standing(EncodedRows rows) throws IOException {
        KeySort sort = new KeySort(rows);
        if (rows.count() > 0) {
            sort.sort(0, rows.count(), 0);
        }
        return Arrays.copyOf(sort.standing, sort.keys);
    }

    /** Sorts what stands from {@code begin} to {@code end}, exclusive, whose keys have the first {@code alike} letters in common. */
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

    /** Letters of the key from {@code begin} on, and the row. */
    private static long sortable(EncodedKey key, int begin, int row) {
        long letters = 0;
        for (int at = begin; at < begin + LETTERS; at++) {
            letters = letters << Byte.SIZE | key.letter(at);
        }
        // Signed, as longs are sorted, the least number is the one without any letter.
        return (letters << Integer.SIZE | row) ^ Long.MIN_VALUE;
    }

    /** With how many letters all keys begin, at least {@code alike}; {@link #first} is the first key then. */
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

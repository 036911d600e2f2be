package dev.weir.flink;

import dev.weir.core.model.SeriesKey;

/**
 * Which series the backend may hold: a Bloom filter of those that were written. A job that meets millions of series for the first time looks
 * for each of them once, and RocksDB takes five to ten microseconds to find nothing; this takes one place in memory. All bits of a series are
 * in one word: with 13 bits a series two looks in a hundred still go to the backend, with 6 bits one in eight.
 */
final class WrittenSeries {
    /** 2^64 over the golden ratio. */
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] words;
    private final boolean knowsAll;

    private WrittenSeries(long[] words, boolean knowsAll) {
        this.words = words;
        this.knowsAll = knowsAll;
    }

    /** Of a backend that is empty. */
    static WrittenSeries none(long bytes) {
        return new WrittenSeries(new long[Math.toIntExact(Math.max(1, bytes / Long.BYTES))], true);
    }

    /** Of a backend that may hold any series, as after a restore. */
    static WrittenSeries unknown() {
        return new WrittenSeries(new long[] {-1}, false);
    }

    /** Whether the backend holds none but those that were added. */
    boolean knowsAll() {
        return knowsAll;
    }

    /** False only for a series that was not added. */
    boolean mayContain(SeriesKey series) {
        long mixed = mixed(series);
        long bits = bits(mixed);
        return (words[word(mixed)] & bits) == bits;
    }

    void add(SeriesKey series) {
        long mixed = mixed(series);
        words[word(mixed)] |= bits(mixed);
    }

    private static long mixed(SeriesKey series) {
        return series.hashCode() * MIX;
    }

    /** The uppermost bits, as a fraction of one, times the number of words. */
    private int word(long mixed) {
        return (int) ((mixed >>> 32) * words.length >>> 32);
    }

    /** Neither the uppermost bits nor the lowest, which are those of the hash. */
    private static long bits(long mixed) {
        return 1L << (mixed >>> 12) | 1L << (mixed >>> 18) | 1L << (mixed >>> 24) | 1L << (mixed >>> 30);
    }
}

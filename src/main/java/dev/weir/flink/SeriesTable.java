package dev.weir.flink;

import dev.weir.core.model.SeriesKey;

/**
 * The held series by their keys. Open addressing with linear probing, hashes apart from the series: a look for one that is not held, of which
 * a job with many series has one for each new series, waits for one place in memory, and holding one takes no object. A {@code HashMap}
 * waited for three, and was a tenth of the thread.
 */
final class SeriesTable {
    private static final int FIRST_SLOTS = 1024;
    /** So that the hash's lower bits decide about its upper ones, too: Knuth's multiplier, 2^32 over the golden ratio. */
    private static final int MIX = 0x9E3779B9;
    /** In the place of a hash: nobody is there. */
    private static final int FREE = 0;

    private int[] hashes = new int[FIRST_SLOTS];
    private CachedSeries[] series = new CachedSeries[FIRST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    /** Has the processor fetch the place where the series with that key would be: several can be on their way at once. Means nothing. */
    int touch(SeriesKey key) {
        return hashes[slot(hash(key))];
    }

    /** The series, or null where it is not held. */
    CachedSeries find(SeriesKey key) {
        int hash = hash(key);
        for (int slot = slot(hash); hashes[slot] != FREE; slot = next(slot)) {
            if (hashes[slot] == hash && series[slot].key.equals(key)) {
                return series[slot];
            }
        }
        return null;
    }

    /** The series, which must not have been there, is held. */
    void add(CachedSeries added) {
        size++;
        if (2 * size > hashes.length) {
            grow();
        }
        put(hash(added.key), added);
    }

    private void put(int hash, CachedSeries added) {
        int slot = slot(hash);
        while (hashes[slot] != FREE) {
            slot = next(slot);
        }
        hashes[slot] = hash;
        series[slot] = added;
    }

    /** The series, which must have been there, is no longer held. */
    void remove(CachedSeries removed) {
        int gap = slot(hash(removed.key));
        while (series[gap] != removed) {
            gap = next(gap);
        }
        // What follows without a gap moves up, as far as it then still stands behind its own slot.
        for (int slot = next(gap); hashes[slot] != FREE; slot = next(slot)) {
            int own = slot(hashes[slot]);
            if (distance(own, slot) >= distance(gap, slot)) {
                hashes[gap] = hashes[slot];
                series[gap] = series[slot];
                gap = slot;
            }
        }
        hashes[gap] = FREE;
        series[gap] = null;
        size--;
    }

    private void grow() {
        int[] hashesBefore = hashes;
        CachedSeries[] seriesBefore = series;
        hashes = new int[2 * hashesBefore.length];
        series = new CachedSeries[hashes.length];
        for (int slot = 0; slot < hashesBefore.length; slot++) {
            if (hashesBefore[slot] != FREE) {
                put(hashesBefore[slot], seriesBefore[slot]);
            }
        }
    }

    private static int hash(SeriesKey key) {
        int hash = key.hashCode() * MIX;
        return hash == FREE ? 1 : hash;
    }

    private int slot(int hash) {
        return hash >>> 1 + Integer.numberOfLeadingZeros(hashes.length);
    }

    private int next(int slot) {
        return slot + 1 & hashes.length - 1;
    }

    private int distance(int from, int to) {
        return to - from & hashes.length - 1;
    }
}

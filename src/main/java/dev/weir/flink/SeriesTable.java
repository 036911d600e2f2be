package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.util.Arrays;

/**
 * A hash table of the cached series by their keys.
 *
 * <p><b>Idea.</b> Open addressing with linear probing. Each slot is one long, the hash of a series and its index in a
 * plain array of series. A lookup that misses costs one cache miss and an insertion allocates nothing; a {@code
 * HashMap} cost three misses, a tenth of the thread. New series fill the array side by side, or take the index of a
 * removed one. Slots hold numbers and no references, because a reference stored at a random slot dirties a card of the
 * old generation for each new series.
 *
 * <p><b>Invariant.</b> A series stands at the slot of its hash or behind it without a free slot in between. Removal
 * shifts later entries back, so there are no deletion marks. The table is at most half full.
 *
 * <p><b>Source.</b> Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm R.
 */
final class SeriesTable {
    private static final int FIRST_CAPACITY = 512;
    /** Spreads the lower bits of a hash to its upper ones. Knuth's multiplier, 2^32 divided by the golden ratio. */
    private static final int MIX = 0x9E3779B9;

    private static final long FREE = 0;
    /** Lower half of a slot: the index of the series plus one. The upper half is the hash. */
    private static final long INDEX = 0xFFFF_FFFFL;

    /** Twice as many as {@link #series}. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private CachedSeries[] series = new CachedSeries[FIRST_CAPACITY];
    /** A stack of the indexes that removed series have left. */
    private int[] vacated = new int[FIRST_CAPACITY];

    private int vacatedCount;
    private int size;

    int size() {
        return size;
    }

    /** Prefetches the slot of a key. The result only keeps the JIT from removing the load. */
    long prefetch(SeriesKey key) {
        return slots[home(hash(key))];
    }

    /** Returns the series, or null if it is not in the table. */
    CachedSeries find(SeriesKey key) {
        int hash = hash(key);
        for (int at = home(hash); slots[at] != FREE; at = next(at)) {
            if (hashOf(slots[at]) == hash) {
                CachedSeries found = series[placeOf(slots[at])];
                if (found.key.equals(key)) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Adds a series that is not in the table. */
    void add(CachedSeries added) {
        if (size == series.length) {
            grow();
        }
        int place = vacatedCount == 0 ? size : vacated[--vacatedCount];
        series[place] = added;
        size++;
        put((long) hash(added.key) << Integer.SIZE | place + 1);
    }

    private void put(long slot) {
        int at = home(hashOf(slot));
        while (slots[at] != FREE) {
            at = next(at);
        }
        slots[at] = slot;
    }

    /** Removes a series that is in the table. */
    void remove(CachedSeries removed) {
        int gap = home(hash(removed.key));
        while (series[placeOf(slots[gap])] != removed) {
            gap = next(gap);
        }
        int place = placeOf(slots[gap]);
        series[place] = null;
        vacated[vacatedCount++] = place;
        size--;
        // Shifts back the entries behind the gap that would otherwise be separated from their home slot.
        for (int at = next(gap); slots[at] != FREE; at = next(at)) {
            int home = home(hashOf(slots[at]));
            if (distance(home, at) >= distance(gap, at)) {
                slots[gap] = slots[at];
                gap = at;
            }
        }
        slots[gap] = FREE;
    }

    /** Doubles the table. Only called when it is full, so there are no vacated indexes. */
    private void grow() {
        series = Arrays.copyOf(series, 2 * size);
        vacated = new int[2 * size];
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long slot : before) {
            if (slot != FREE) {
                put(slot);
            }
        }
    }

    private static int hash(SeriesKey key) {
        return key.hashCode() * MIX;
    }

    private static int hashOf(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    private static int placeOf(long slot) {
        return (int) (slot & INDEX) - 1;
    }

    private int home(int hash) {
        return hash >>> 1 + Integer.numberOfLeadingZeros(slots.length);
    }

    private int next(int at) {
        return at + 1 & slots.length - 1;
    }

    private int distance(int from, int to) {
        return to - from & slots.length - 1;
    }
}

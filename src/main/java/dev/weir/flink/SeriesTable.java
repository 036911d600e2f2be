package dev.weir.flink;

import dev.weir.core.model.SeriesKey;
import java.util.Arrays;

/**
 * The held series by their keys. Open addressing with linear probing: a look for one that is not held, of which a job with many series has
 * one for each new series, waits for one place in memory, and holding one takes no object. A {@code HashMap} waited for three, and was a
 * tenth of the thread.
 *
 * <p>The hash table holds numbers. The series lie side by side as they come, later each in the place that another has left: a reference to
 * each newcomer at the place of its hash was one more place in an old object that the garbage collector had to look at.
 */
final class SeriesTable {
    private static final int FIRST_PLACES = 512;
    /** So that the hash's lower bits decide about its upper ones, too: Knuth's multiplier, 2^32 over the golden ratio. */
    private static final int MIX = 0x9E3779B9;

    private static final long FREE = 0;
    /** Of a slot: the place of the series and one; above it, the hash. */
    private static final long PLACE = 0xFFFF_FFFFL;

    /** Twice as many as places. */
    private long[] slots = new long[2 * FIRST_PLACES];

    private CachedSeries[] series = new CachedSeries[FIRST_PLACES];
    /** Places that a series has left, a stack. */
    private int[] vacated = new int[FIRST_PLACES];

    private int vacatedCount;
    private int size;

    int size() {
        return size;
    }

    /** Has the processor fetch the slot where the series with that key would be: several can be on their way at once. Means nothing. */
    long touch(SeriesKey key) {
        return slots[home(hash(key))];
    }

    /** The series, or null where it is not held. */
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

    /** The series, which must not have been there, is held. */
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

    /** The series, which must have been there, is no longer held. */
    void remove(CachedSeries removed) {
        int gap = home(hash(removed.key));
        while (series[placeOf(slots[gap])] != removed) {
            gap = next(gap);
        }
        int place = placeOf(slots[gap]);
        series[place] = null;
        vacated[vacatedCount++] = place;
        size--;
        // What follows without a gap moves up, as far as it then still stands behind its own slot.
        for (int at = next(gap); slots[at] != FREE; at = next(at)) {
            int home = home(hashOf(slots[at]));
            if (distance(home, at) >= distance(gap, at)) {
                slots[gap] = slots[at];
                gap = at;
            }
        }
        slots[gap] = FREE;
    }

    /** When every place is taken, so that none is vacated. */
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
        return (int) (slot & PLACE) - 1;
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

package dev.weir.sink.lake;

import java.util.Arrays;

/**
 * Numbers the distinct values of a column chunk, from 0 in the order of their first appearance. Not thread-safe.
 *
 * <p>Hashes by open addressing: no boxes, no nodes. A value whose places are all taken gets a number again each time that it
 * comes, which Parquet allows; so no choice of values, however hostile, makes a look-up slow.
 */
abstract class Dictionary {
    static final int MAX_PROBES = 32;
    static final int NO_PLACE = -1;
    static final int FIRST_CAPACITY = 16;

    /** Number + 1, or 0 for a free place. The length is a power of two, twice the capacity. */
    private int[] places = new int[2 * FIRST_CAPACITY];

    private int capacity = FIRST_CAPACITY;
    private int size;

    final int size() {
        return size;
    }

    void clear() {
        size = 0;
        Arrays.fill(places, 0);
    }

    /** Where to look first; {@link #next} tells where then. */
    final int first(int hash) {
        return hash & (places.length - 1);
    }

    final int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    /** Returns the number at a place, or -1 if it is free. */
    final int numberAt(int place) {
        return places[place] - 1;
    }

    /** Gives the value that the subclass has just stored behind the others its number. */
    final int added(int place) {
        int number = size++;
        if (place != NO_PLACE) {
            places[place] = number + 1;
        }
        if (size == capacity) {
            capacity *= 2;
            resize(capacity);
            places = new int[2 * capacity];
            for (int known = 0; known < size; known++) {
                putIfFree(known);
            }
        }
        return number;
    }

    private void putIfFree(int number) {
        int place = first(hash(number));
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            if (places[place] == 0) {
                places[place] = number + 1;
                return;
            }
            place = next(place);
        }
    }

    /** The hash of a value that has a number. */
    abstract int hash(int number);

    /** Makes room for as many values. The first is {@link #FIRST_CAPACITY}. */
    abstract void resize(int newCapacity);
}

package dev.weir.sink.lake;

import java.util.Arrays;

/**
 * Numbers the distinct values of a column chunk, from 0 in the order of their first appearance. Not thread-safe.
 *
 * <p>It is a hash table with open addressing and linear probing, so it needs no boxed values and no nodes. A look-up
 * probes at most {@value #MAX_PROBES} places. A value that finds them all taken gets a new number each time, which
 * Parquet allows. So hostile values can make a dictionary larger, but not a look-up slower.
 */
abstract class Dictionary {
    static final int MAX_PROBES = 32;
    static final int NO_PLACE = -1;
    static final int FIRST_CAPACITY = 16;

    /** The number plus 1 at each place, or 0 if the place is free. The length is a power of two, twice the capacity. */
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

    /** Returns the first place to probe; {@link #next} returns the others. */
    final int first(int hash) {
        return hash & (places.length - 1);
    }

    final int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    /** Returns the number at a place, or -1 if the place is free. */
    final int numberAt(int place) {
        return places[place] - 1;
    }

    /**
     * Assigns a number to the value that the subclass has just stored after the others, and returns the number.
     *
     * @param place the value's place, or {@link #NO_PLACE}
     */
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

    /** Returns the hash of a value that has a number. */
    abstract int hash(int number);

    /** Makes room for that many values. The first capacity is {@link #FIRST_CAPACITY}. */
    abstract void resize(int newCapacity);
}

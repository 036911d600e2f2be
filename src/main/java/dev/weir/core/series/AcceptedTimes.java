package dev.weir.core.series;

import java.util.Arrays;

/**
 * The event times that a series has accepted since its floor, with their values. They make deduplication exact.
 *
 * <p>One sorted array holds time and value side by side, so that the common case, a reading later than all before it, costs one cache
 * miss. Times behind the floor are dropped only when room is needed, because looking at the oldest entry would be a second miss.
 *
 * <p>Takes 16 bytes for each reading within the lateness, and up to twice that while the array has room to grow.
 */
final class AcceptedTimes {
    private static final int FIRST_CAPACITY = 2;

    /** Time, then value as its bits, of each reading. */
    private long[] cells = new long[2 * FIRST_CAPACITY];

    private int capacity = FIRST_CAPACITY;
    private int head;
    private int tail;

    /** Returns the size of the array in bytes, whether it is full or not. */
    long heapBytes() {
        return 16L * capacity;
    }

    /** Loads what {@link SeriesState#prefetch} needs of the times. */
    long prefetch() {
        return cells[2 * Math.max(tail - 1, 0)];
    }

    int size() {
        return tail - head;
    }

    /**
     * Returns an accepted time, epoch microseconds.
     *
     * @param i from 0, in ascending order of time
     */
    long timeAt(int i) {
        return cells[2 * (head + i)];
    }

    /** Returns how many times are at or before the given one. */
    int countThrough(long time) {
        int found = find(time);
        return found < 0 ? -(found + 1) : found + 1;
    }

    double valueAt(int i) {
        return Double.longBitsToDouble(cells[2 * (head + i) + 1]);
    }

    /**
     * Returns the index of the time, or a negative number if it was not accepted (as {@link Arrays#binarySearch}). Times behind the floor
     * may still be found.
     */
    int find(long time) {
        if (head == tail || time > cells[2 * tail - 2]) {
            return -(tail - head) - 1;
        }
        int low = head;
        int high = tail - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = cells[2 * middle];
            if (found == time) {
                return middle - head;
            }
            if (found < time) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -(low - head) - 1;
    }

    /**
     * Adds a time that is not yet there.
     *
     * @param floor times before it may be dropped
     * @return whether the array has grown
     */
    boolean add(long time, double value, long floor) {
        boolean grown = tail == capacity && makeRoom(floor);
        int at = tail;
        if (head < tail && time < cells[2 * tail - 2]) {
            at = head + countThrough(time);
            System.arraycopy(cells, 2 * at, cells, 2 * at + 2, 2 * (tail - at));
        }
        cells[2 * at] = time;
        cells[2 * at + 1] = Double.doubleToRawLongBits(value);
        tail++;
        return grown;
    }

    /** Removes the times before the floor. */
    void dropBefore(long floor) {
        while (head < tail && cells[2 * head] < floor) {
            head++;
        }
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    /** Removes the times after the given one. */
    void dropAfter(long time) {
        tail = head + countThrough(time);
    }

    void clear() {
        cells = new long[2 * FIRST_CAPACITY];
        capacity = FIRST_CAPACITY;
        head = 0;
        tail = 0;
    }

    /**
     * Moves the remaining entries to the front, of an array twice as large if less than a quarter was freed. Keeps appends O(1) on average.
     */
    private boolean makeRoom(long floor) {
        dropBefore(floor);
        int size = tail - head;
        boolean grows = 4 * size > 3 * capacity;
        long[] before = cells;
        // Do not simplify: storing the same reference again would dirty a card of the old generation.
        if (grows) {
            capacity *= 2;
            cells = new long[2 * capacity];
        }
        System.arraycopy(before, 2 * head, cells, 0, 2 * size);
        head = 0;
        tail = size;
        return grows;
    }
}

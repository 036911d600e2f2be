package dev.weir.core.series;

import java.util.Arrays;

/**
 * The event times that a series has accepted since its floor, with their values: exact deduplication. Sorted in one plain array, time and
 * value side by side, so that the common case, a reading later than all before it, touches one place in memory. What fell behind the
 * floor is dropped when room is needed, not before: looking at it would be a second place.
 *
 * <p>Size: 16 bytes a reading of the lateness horizon, and up to as much again.
 */
final class AcceptedTimes {
    private static final int FIRST_CAPACITY = 2;

    /** Time, then value as its bits, of each reading. */
    private long[] cells = new long[2 * FIRST_CAPACITY];

    private int capacity = FIRST_CAPACITY;
    private int head;
    private int tail;

    /** What the array takes, full or not. */
    long heapBytes() {
        return 16L * capacity;
    }

    /** See {@link SeriesState#touch}. */
    long touch() {
        return cells[2 * Math.max(tail - 1, 0)];
    }

    int size() {
        return tail - head;
    }

    /** @param i from 0, in ascending order of time */
    long timeAt(int i) {
        return cells[2 * (head + i)];
    }

    /** How many are not after that time. */
    int countThrough(long time) {
        int found = find(time);
        return found < 0 ? -(found + 1) : found + 1;
    }

    double valueAt(int i) {
        return Double.longBitsToDouble(cells[2 * (head + i) + 1]);
    }

    /**
     * The position of that time, or a negative number when it was not accepted (as {@link Arrays#binarySearch}). Times behind the floor may
     * still be found.
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
     * The time is found from now on. It must not have been there.
     *
     * @param floor no time before it will be asked for any more
     * @return whether the series takes more heap now
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

    /** No time before the floor is there any more. */
    void dropBefore(long floor) {
        while (head < tail && cells[2 * head] < floor) {
            head++;
        }
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    /** No time after that one is there any more. */
    void dropAfter(long time) {
        tail = head + countThrough(time);
    }

    void clear() {
        cells = new long[2 * FIRST_CAPACITY];
        capacity = FIRST_CAPACITY;
        head = 0;
        tail = 0;
    }

    /** Moves what is left to the front; where that frees too little, into a larger array: so an append stays O(1) on average. */
    private boolean makeRoom(long floor) {
        dropBefore(floor);
        int size = tail - head;
        boolean grows = 4 * size > 3 * capacity;
        long[] before = cells;
        // Do not simplify: the collector looks at what is written, the same reference, too.
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

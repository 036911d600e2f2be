package dev.weir.core.series;

import java.util.Arrays;

/**
 * The event times that a series has accepted since its floor, with their values: exact deduplication. Sorted in two plain arrays, so
 * that the common case, a reading later than all before it, is one append and dropping what fell behind the floor is moving an index.
 *
 * <p>Size: 16 bytes a reading of the lateness horizon.
 */
final class AcceptedTimes {
    private static final int FIRST_CAPACITY = 8;

    private long[] times = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int head;
    private int tail;

    /** What the arrays take, full or not. */
    long heapBytes() {
        return 16L * times.length;
    }

    int size() {
        return tail - head;
    }

    /** @param i from 0, in ascending order of time */
    long timeAt(int i) {
        return times[head + i];
    }

    double valueAt(int i) {
        return values[head + i];
    }

    /** The position of that time, or a negative number when it was not accepted (as {@link Arrays#binarySearch}). */
    int find(long time) {
        if (head == tail || time > times[tail - 1]) {
            return -(tail - head) - 1;
        }
        int found = Arrays.binarySearch(times, head, tail, time);
        return found >= 0 ? found - head : found + head;
    }

    /** The time is found from now on. It must not have been there. */
    void add(long time, double value) {
        makeRoom();
        int at = tail;
        if (head < tail && time < times[tail - 1]) {
            at = -Arrays.binarySearch(times, head, tail, time) - 1;
            System.arraycopy(times, at, times, at + 1, tail - at);
            System.arraycopy(values, at, values, at + 1, tail - at);
        }
        times[at] = time;
        values[at] = value;
        tail++;
    }

    /** No time before the floor is found any more. */
    void dropBefore(long floor) {
        while (head < tail && times[head] < floor) {
            head++;
        }
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    void clear() {
        times = new long[FIRST_CAPACITY];
        values = new double[FIRST_CAPACITY];
        head = 0;
        tail = 0;
    }

    private void makeRoom() {
        if (tail < times.length) {
            return;
        }
        int size = tail - head;
        // Half empty in front: moving is enough. Otherwise grow, so that an append stays O(1) on average.
        int capacity = head >= times.length / 2 ? times.length : times.length * 2;
        long[] newTimes = new long[capacity];
        double[] newValues = new double[capacity];
        System.arraycopy(times, head, newTimes, 0, size);
        System.arraycopy(values, head, newValues, 0, size);
        times = newTimes;
        values = newValues;
        head = 0;
        tail = size;
    }
}

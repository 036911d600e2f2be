package dev.weir.sink.lake;

import java.util.Arrays;

/** Numbers the distinct values of a column of numbers, as 64 bits each. */
final class LongDictionary extends Dictionary {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long[] values = new long[FIRST_CAPACITY];

    long value(int number) {
        return values[number];
    }

    int numberOf(long value) {
        int place = first(hash(value));
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int number = numberAt(place);
            if (number < 0) {
                return add(value, place);
            }
            if (values[number] == value) {
                return number;
            }
            place = next(place);
        }
        return add(value, NO_PLACE);
    }

    private int add(long value, int place) {
        values[size()] = value;
        return added(place);
    }

    @Override
    int hash(int number) {
        return hash(values[number]);
    }

    private static int hash(long value) {
        return (int) ((value * GOLDEN_RATIO) >>> 40);
    }

    @Override
    void resize(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }
}

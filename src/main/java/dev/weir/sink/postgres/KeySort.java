package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts rows by their keys: first numbers, made of the letters in which the sensors' names begin to differ, then the few rows of each
 * number. The names themselves lie all over the heap, and comparing them again and again was half of what a row cost the task's thread.
 */
final class KeySort {
    private static final Comparator<Aggregate> BY_KEY = Comparator.comparing(RowKey::of);
    private static final int LETTERS = 5;
    /** This letter and all greater ones count as one, and what follows them as nothing. */
    private static final int GREATEST = 0xFF;
    /** What five letters leave of a long for a row's place. A run has 100,000 rows or so. */
    private static final int PLACE_BITS = Long.SIZE - LETTERS * Byte.SIZE;

    private static final int MOST_ROWS = 1 << PLACE_BITS;

    private KeySort() {}

    /** The rows, of which no two have the same key, in the order of their keys. */
    static List<Aggregate> sorted(Collection<Aggregate> unsorted) {
        Aggregate[] rows = unsorted.toArray(Aggregate[]::new);
        if (rows.length > MOST_ROWS) {
            Arrays.sort(rows, BY_KEY);
            return Arrays.asList(rows);
        }
        int shared = sharedLetters(rows);
        long[] places = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            long letters = letters(rows[i].series().sensorId(), shared);
            // Signed, as longs are sorted, the least number is the one without any letter.
            places[i] = (letters << PLACE_BITS | i) ^ Long.MIN_VALUE;
        }
        Arrays.sort(places);
        return Arrays.asList(sortedWithin(places, rows));
    }

    /** Letters from {@code begin} on, so that a name with a lesser number is less; names with the same number may differ. */
    private static long letters(String name, int begin) {
        long letters = 0;
        boolean comparable = true;
        for (int i = begin; i < begin + LETTERS; i++) {
            int letter = comparable && i < name.length() ? Math.min(name.charAt(i), GREATEST) : 0;
            comparable &= letter < GREATEST;
            letters = letters << Byte.SIZE | letter;
        }
        return letters;
    }

    /** With how many letters all names begin. */
    private static int sharedLetters(Aggregate[] rows) {
        String first = rows.length == 0 ? "" : rows[0].series().sensorId();
        int shared = first.length();
        for (Aggregate row : rows) {
            String name = row.series().sensorId();
            int equal = 0;
            while (equal < Math.min(shared, name.length()) && name.charAt(equal) == first.charAt(equal)) {
                equal++;
            }
            shared = equal;
        }
        return shared;
    }

    private static Aggregate[] sortedWithin(long[] places, Aggregate[] rows) {
        Aggregate[] sorted = new Aggregate[rows.length];
        int begin = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i] >> PLACE_BITS != places[begin] >> PLACE_BITS) {
                Arrays.sort(sorted, begin, i, BY_KEY);
                begin = i;
            }
            sorted[i] = rows[(int) (places[i] & MOST_ROWS - 1)];
        }
        Arrays.sort(sorted, begin, sorted.length, BY_KEY);
        return sorted;
    }
}

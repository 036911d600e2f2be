package dev.weir.config.parse;

import java.util.Collection;
import java.util.Locale;

/** Finds the known name that an unknown one probably misspells. */
public final class NearestKey {
    private NearestKey() {}

    /**
     * Returns the candidate with the smallest edit distance, ignoring case; the first one if several are equally near.
     * Returns null if none is within a third of the name's length, or within 2 for a short name.
     */
    public static String of(String name, Collection<String> candidates) {
        return within(Math.max(2, name.length() / 3), name, candidates);
    }

    /** Returns the nearest candidate within the given distance. */
    public static String within(int errors, String name, Collection<String> candidates) {
        String nearest = null;
        int best = errors + 1;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < best && distance < candidate.length()) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Returns "did you mean X?" if a candidate is near, otherwise the list of allowed names. */
    public static String cure(String name, Collection<String> candidates) {
        String nearest = of(name, candidates);
        return nearest == null ? "allowed: " + String.join(", ", candidates) : "did you mean " + nearest + "?";
    }

    /** Returns "did you mean X?" if a candidate is near, otherwise the advice to remove the key. For candidates too many to list. */
    public static String didYouMean(String name, Collection<String> candidates) {
        String nearest = of(name, candidates);
        return nearest == null ? "remove it" : "did you mean " + nearest + "?";
    }

    /** Returns the number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }
}

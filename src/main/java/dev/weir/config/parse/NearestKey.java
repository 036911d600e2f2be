package dev.weir.config.parse;

import java.util.Collection;
import java.util.Locale;

/** Finds what was probably meant by a name that is not known. */
public final class NearestKey {
    private NearestKey() {}

    /**
     * The candidate with the smallest edit distance, capitals ignored, or null where none is near enough to be a typing error: a third
     * of the name's length, at least 2. Of equals the first.
     */
    public static String of(String name, Collection<String> candidates) {
        return within(Math.max(2, name.length() / 3), name, candidates);
    }

    /** The same with the greatest distance given. */
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

    /** "did you mean X?" where something is near, else the given list of what is allowed. */
    public static String cure(String name, Collection<String> candidates) {
        String nearest = of(name, candidates);
        return nearest == null ? "allowed: " + String.join(", ", candidates) : "did you mean " + nearest + "?";
    }

    /** "did you mean X?" where something is near, else to remove it: for candidates too many to list. */
    public static String didYouMean(String name, Collection<String> candidates) {
        String nearest = of(name, candidates);
        return nearest == null ? "remove it" : "did you mean " + nearest + "?";
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
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

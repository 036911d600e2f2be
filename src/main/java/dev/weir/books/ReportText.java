package dev.weir.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats numbers and small tables for a person. */
public final class ReportText {
    private ReportText() {}

    /**
     * Returns the rows as lines with columns of equal width.
     *
     * @param right indexes of the columns that are aligned to the right
     */
    public static List<String> lines(List<String[]> rows, List<Integer> right) {
        List<Integer> widths = new ArrayList<>();
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                if (widths.size() <= i) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row[i].length()));
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder text = new StringBuilder("  ");
            for (int i = 0; i < row.length; i++) {
                String padding = " ".repeat(widths.get(i) - row[i].length());
                text.append(right.contains(i) ? padding + row[i] : row[i] + padding)
                        .append("  ");
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    /** Returns the number with its thousands separated. */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}

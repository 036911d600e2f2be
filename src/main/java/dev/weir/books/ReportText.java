package dev.weir.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes numbers and small tables for a person. */
public final class ReportText {
    private ReportText() {}

    /** The rows as lines, with columns of equal width: those of {@code right} (indices) to the right, the others to the left. */
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

    /** With its thousands separated. */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}

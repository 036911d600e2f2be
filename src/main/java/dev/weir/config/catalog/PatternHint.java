package dev.weir.config.catalog;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;

/** Recognizes date patterns in the syntax of other systems and says how to write them. */
final class PatternHint {
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2013, 12, 25, 14, 31, 59, 123_456_789);

    /** Directives of {@code strftime} and the pattern letters of {@link DateTimeFormatter}. */
    private static final Map<Character, String> STRFTIME = Map.ofEntries(
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('m', "MM"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('d', "dd"),
            Map.entry('e', "d"),
            Map.entry('j', "DDD"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('f', "SSSSSS"),
            Map.entry('p', "a"),
            Map.entry('z', "XX"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('R', "HH:mm"),
            Map.entry('%', "%"));

    private PatternHint() {}

    /** Returns the cure, which begins with "write", or null if the pattern is not recognized. */
    static String of(String pattern) {
        if (pattern.indexOf('%') >= 0) {
            String translated = ofStrftime(pattern);
            return namesADate(translated) ? "write " + translated + ": letters without %" : null;
        }
        String swapped = pattern.replace('D', 'd').replace('Y', 'y');
        return !swapped.equals(pattern) && namesADate(swapped)
                ? "write " + swapped
                        + ": d is the day of the month and y the year (D is the day of the year, Y the year of a week)"
                : null;
    }

    private static String ofStrftime(String pattern) {
        StringBuilder translated = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                translated.append(STRFTIME.getOrDefault(pattern.charAt(++i), "?"));
            } else if (Character.isLetter(c)) {
                translated.append('\'').append(c).append('\'');
            } else {
                translated.append(c);
            }
        }
        return translated.toString();
    }

    private static boolean namesADate(String pattern) {
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            return formatter.parse(formatter.format(SAMPLE)).query(TemporalQueries.localDate()) != null;
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }
}

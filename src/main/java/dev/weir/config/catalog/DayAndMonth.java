package dev.weir.config.catalog;

import java.util.regex.Pattern;

/** Knows in which order a date pattern has its day and its month. Only numbers side by side can be mistaken for each other. */
public final class DayAndMonth {
    private static final Pattern DAY_FIRST = Pattern.compile("d{1,2}[^A-Za-z']{0,2}M{1,2}(?!M)");
    /** What begins with a year is written in one order only. */
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?<![yuM])(?<![yu][^A-Za-z])M{1,2}[^A-Za-z']{0,2}d{1,2}");

    private DayAndMonth() {}

    /** Whether day, then month, as numbers. */
    public static boolean isDayFirst(String pattern) {
        return DAY_FIRST.matcher(pattern).find();
    }

    /** Whether month, then day, as numbers, and no year before them. */
    public static boolean isMonthFirst(String pattern) {
        return MONTH_FIRST.matcher(pattern).find();
    }

    /** The pattern with the day where the month is, and the other way round. */
    public static String exchanged(String pattern) {
        return pattern.replace('d', '\0').replace('M', 'd').replace('\0', 'M');
    }
}

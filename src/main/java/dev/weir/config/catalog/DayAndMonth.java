package dev.weir.config.catalog;

import java.util.regex.Pattern;

/** Determines the order of day and month in a date pattern. Only adjacent numbers can be mistaken for each other. */
public final class DayAndMonth {
    private static final Pattern DAY_FIRST = Pattern.compile("d{1,2}[^A-Za-z']{0,2}M{1,2}(?!M)");
    /** A date that begins with the year has one common order only. */
    private static final Pattern MONTH_FIRST =
            Pattern.compile("(?<![yuM])(?<![yu][^A-Za-z])M{1,2}[^A-Za-z']{0,2}d{1,2}");

    private DayAndMonth() {}

    /** Returns whether the pattern has the day before the month, both as numbers. */
    public static boolean isDayFirst(String pattern) {
        return DAY_FIRST.matcher(pattern).find();
    }

    /** Returns whether the pattern has the month before the day, both as numbers and without a year before them. */
    public static boolean isMonthFirst(String pattern) {
        return MONTH_FIRST.matcher(pattern).find();
    }

    /** Returns the pattern with day and month exchanged. */
    public static String exchanged(String pattern) {
        return pattern.replace('d', '\0').replace('M', 'd').replace('\0', 'M');
    }
}

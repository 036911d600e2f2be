package dev.weir.config.catalog;

/** Knows in which order a date pattern has its day and its month. */
public final class DayAndMonth {
    private DayAndMonth() {}

    /** Whether day, then month, as numbers. */
    public static boolean isDayFirst(String pattern) {
        return hasBoth(pattern) && pattern.indexOf('d') < pattern.indexOf('M');
    }

    /** Whether month, then day, as numbers, and the year behind them or nowhere: what begins with a year is written in one order only. */
    public static boolean isMonthFirst(String pattern) {
        int year = Math.max(pattern.indexOf('y'), pattern.indexOf('u'));
        return hasBoth(pattern)
                && pattern.indexOf('M') < pattern.indexOf('d')
                && (year < 0 || year > pattern.indexOf('M'));
    }

    /** The pattern with the day where the month is, and the other way round. */
    public static String exchanged(String pattern) {
        return pattern.replace('d', '\0').replace('M', 'd').replace('\0', 'M');
    }

    /** Quoted text may hold any letter, and names of months are never mistaken: such patterns are let alone. */
    private static boolean hasBoth(String pattern) {
        return pattern.indexOf('\'') < 0
                && pattern.indexOf('d') >= 0
                && pattern.indexOf('M') >= 0
                && !pattern.contains("MMM");
    }
}

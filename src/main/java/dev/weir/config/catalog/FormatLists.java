package dev.weir.config.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds conflicts between the formats of an event time. The first format that fits is used, so an earlier one may hide a later one. */
final class FormatLists {
    /** Minute and month exchanged in a pattern would put six consecutive minutes into six months. */
    private static final Pattern MINUTE_FOR_MONTH = Pattern.compile("[HhKk][^A-Za-z']{0,2}M|[yud][^A-Za-z']{1,2}m");

    private FormatLists() {}

    static void check(Section time, List<String> formats) {
        String number = null;
        Set<String> seen = new HashSet<>();
        for (String format : formats) {
            if (!seen.add(format)) {
                time.problem("format", "names \"" + format + "\" twice", "keep one of the two");
            } else if (format.startsWith("epoch-") && number != null) {
                String message = "lists " + format + " after " + number + ", which reads every number: " + format
                        + " never counts";
                time.problem("format", message, "keep the one that the sensors send");
            } else if (format.startsWith("epoch-")) {
                number = format;
            } else if (number != null && isDigitsOnly(format)) {
                String message =
                        "lists \"" + format + "\" after " + number + ", which reads digits outside quotes first";
                time.note("format", message + ", and in CSV always; put it first if sensors send both");
            }
        }
        noteBothOrders(time, formats);
        for (String format : formats) {
            if (MINUTE_FOR_MONTH.matcher(format).find()) {
                String message =
                        "has \"" + format + "\", with a month (M) behind the hour or a minute (m) beside the day";
                time.note("format", message + "; M is the month and m the minute");
            }
        }
    }

    /** Reports two patterns of which one has the day first and the other the month. A date up to the 12th fits both. */
    private static void noteBothOrders(Section time, List<String> formats) {
        String dayFirst =
                formats.stream().filter(DayAndMonth::isDayFirst).findFirst().orElse(null);
        String monthFirst =
                formats.stream().filter(DayAndMonth::isMonthFirst).findFirst().orElse(null);
        if (dayFirst == null || monthFirst == null) {
            return;
        }
        boolean sameText = DayAndMonth.exchanged(dayFirst).equals(monthFirst);
        String first = formats.indexOf(dayFirst) < formats.indexOf(monthFirst) ? dayFirst : monthFirst;
        String other = first.equals(dayFirst) ? monthFirst : dayFirst;
        String message = "is ambiguous: \"" + dayFirst + "\" has the day first, \"" + monthFirst + "\" the month";
        time.note(
                "format",
                sameText
                        ? message + ", in the same form. Every date up to the 12th is read by \"" + first + "\", and \""
                                + other
                                + "\" counts from the 13th on: the same sensor's readings scatter over months. Keep one of the two"
                        : message
                                + ". A sender that writes the right separators in the wrong order is not noticed up to the 12th;"
                                + " try check --sample FILE");
    }

    /** Returns whether a text of digits alone can fit the pattern. */
    private static boolean isDigitsOnly(String pattern) {
        return pattern.matches("[yuMdHkmsSDn]+") && !pattern.contains("MMM");
    }
}

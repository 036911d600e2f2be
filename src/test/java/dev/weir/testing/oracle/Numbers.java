package dev.weir.testing.oracle;

import dev.weir.core.catalog.Input;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in fields. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    /** In the text of a value, but not of an event time, the digits before a point may be missing. */
    private static final Pattern HALF_DECIMAL = Pattern.compile("[+-]?\\.\\d+([eE][+-]?\\d+)?");

    private static final Map<String, Pattern> WITH_SEPARATORS = new HashMap<>();

    private Numbers() {}

    /** The number as written, or null if the field is none. Texts count only where {@code inText}. */
    static String written(Object field, boolean inText) {
        if (field instanceof Fields.Number number) {
            return number.raw();
        }
        if (inText && field instanceof String text) {
            String stripped = text.strip();
            return DECIMAL.matcher(stripped).matches()
                            || NOT_FINITE.matcher(stripped).matches()
                    ? stripped
                    : null;
        }
        return null;
    }

    /** The number that a text writes as a value, with a decimal point and without blanks; null if it is none. */
    static String value(String text, Input.Texts texts) {
        String plain = withPoint(text.strip(), texts);
        boolean number = plain != null
                && (written(plain, true) != null || HALF_DECIMAL.matcher(plain).matches());
        return number ? plain : null;
    }

    /**
     * The text with a point for its decimal separator and without its separators of groups; null if it writes them in another way. Groups
     * stand in the whole part: the last has three digits, those before it two or three, and the first one to three.
     */
    private static String withPoint(String text, Input.Texts texts) {
        char comma = texts.groupingSeparator();
        Matcher number = WITH_SEPARATORS
                .computeIfAbsent(texts.decimalSeparator() + "" + comma, Numbers::withSeparators)
                .matcher(text);
        if (!number.matches()) {
            return NOT_FINITE.matcher(text).matches() ? text : null;
        }
        String digits = number.group(2) == null ? "" : number.group(2).replace(String.valueOf(comma), "");
        String decimals = number.group(3) == null ? "" : "." + number.group(3);
        return number.group(1) + digits + decimals + number.group(4);
    }

    private static Pattern withSeparators(String separators) {
        String point = Pattern.quote(separators.substring(0, 1));
        String comma = Pattern.quote(separators.substring(1));
        boolean groups = separators.charAt(1) != Input.Texts.NO_GROUPING;
        String whole = groups ? "\\d+|\\d{1,3}(?:" + comma + "\\d{2,3})*" + comma + "\\d{3}" : "\\d+";
        return Pattern.compile("([+-]?)(" + whole + ")?(?:" + point + "(\\d+))?((?:[eE][+-]?\\d+)?)");
    }

    /** No negative zero: whoever sends -0 means 0. */
    static double decimal(String written) {
        return plusZero(Double.parseDouble(written));
    }

    static double plusZero(double number) {
        return number == 0 ? 0 : number;
    }

    static boolean isNotFinite(String written) {
        return NOT_FINITE.matcher(written).matches();
    }

    static boolean isDecimal(String written) {
        return DECIMAL.matcher(written).matches();
    }
}

package dev.weir.testing.oracle;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers in fields. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    /** In the text of a value, but not of an event time, the digits before a point may be missing. */
    private static final Pattern HALF_DECIMAL = Pattern.compile("[+-]?\\.\\d+([eE][+-]?\\d+)?");

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

    /** As {@link #written}, of a value. */
    static String value(Object field, boolean inText) {
        boolean half = inText
                && field instanceof String text
                && HALF_DECIMAL.matcher(text.strip()).matches();
        return half ? ((String) field).strip() : written(field, inText);
    }

    /** The nearest double (infinite beyond its range); NaN for all that is not finite by its name; empty if the field is no number. */
    static OptionalDouble read(Object field, boolean inText) {
        String written = value(field, inText);
        if (written == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(NOT_FINITE.matcher(written).matches() ? Double.NaN : decimal(written));
    }

    /** No negative zero: whoever sends -0 means 0. */
    static double decimal(String written) {
        double number = Double.parseDouble(written);
        return number == 0 ? 0 : number;
    }

    static boolean isNotFinite(String written) {
        return NOT_FINITE.matcher(written).matches();
    }

    static boolean isDecimal(String written) {
        return DECIMAL.matcher(written).matches();
    }
}

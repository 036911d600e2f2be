package dev.weir.testing.oracle;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers in fields. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

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

    /** The nearest double (infinite beyond its range); NaN for all that is not finite by its name; empty if the field is no number. */
    static OptionalDouble read(Object field, boolean inText) {
        String written = written(field, inText);
        if (written == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(isDecimal(written) ? Double.parseDouble(written) : Double.NaN);
    }

    static boolean isDecimal(String written) {
        return DECIMAL.matcher(written).matches();
    }
}

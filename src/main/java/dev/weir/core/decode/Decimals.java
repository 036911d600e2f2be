package dev.weir.core.decode;

import dev.weir.core.catalog.Ascii;
import dev.weir.core.catalog.Input;

/**
 * Parses numbers in texts. Holds the last result; not thread-safe.
 *
 * <p><b>Syntax.</b> {@code [+-]digits[.digits][e[+-]digits]}, where the digits before the point are optional, and {@code NaN}, {@code Inf}
 * and {@code Infinity} in any case. Hexadecimal numbers and suffixes as in {@code 1d}, which Java's own parser accepts, are not numbers. In
 * texts the point may be another character, and the digits before it may be grouped.
 *
 * <p><b>Idea.</b> The digits are collected in a whole number. If it is below 2^53 and the power of ten is at most 22, both are exact
 * doubles, so one multiplication or division gives the nearest double (Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990).
 * All others go to {@link Double#parseDouble}.
 *
 * <p><b>Invariant.</b> The result is always the double nearest to the decimal.
 */
public final class Decimals {
    /** Below this another digit can be appended, and the mantissa still is an exact double (less than 2^53). */
    private static final long MANTISSA_ROOM = 900_719_925_474_099L;

    /** Greater exponents overflow or underflow regardless of the digits, because an event has at most 2^20 digits. */
    private static final int GREATEST_EXPONENT = 100_000_000;

    /** The powers of ten that doubles hold exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final char decimalSeparator;
    private final char groupingSeparator;
    /** Whether texts differ from the numbers of JSON. */
    private final boolean separated;

    private char[] scratch = new char[64];
    private double value;

    private char[] chars;
    private int at;
    private int end;
    private long mantissa;
    private boolean exact;

    /** Numbers have a decimal point and no grouping. */
    public Decimals() {
        this('.', Input.Texts.NO_GROUPING);
    }

    /**
     * Numbers in texts have the given separators. The groups of digits are 3 long, or 2 but for the last, and the first may be shorter.
     *
     * @param groupingSeparator {@link Input.Texts#NO_GROUPING} for none
     */
    public Decimals(char decimalSeparator, char groupingSeparator) {
        this.decimalSeparator = decimalSeparator;
        this.groupingSeparator = groupingSeparator;
        separated = decimalSeparator != '.' || groupingSeparator != Input.Texts.NO_GROUPING;
    }

    /** Returns the last number, rounded to the nearest double; may be infinite or NaN. */
    public double value() {
        return value;
    }

    /** Parses a text, ignoring blanks around it. Returns whether it is a number, which {@link #value} then returns. */
    public boolean parse(String text) {
        int length = text.length();
        if (scratch.length < length) {
            scratch = new char[length];
        }
        text.getChars(0, length, scratch, 0);
        int from = 0;
        int to = length;
        while (from < to && Character.isWhitespace(scratch[from])) {
            from++;
        }
        while (from < to && Character.isWhitespace(scratch[to - 1])) {
            to--;
        }
        to = separated ? withPoint(from, to) : to;
        boolean good = to >= from && parse(scratch, from, to - from);
        if (scratch.length > 4096) {
            scratch = new char[64]; // do not keep the buffer of one huge text
        }
        return good;
    }

    /**
     * Removes the grouping from the number in {@code scratch} and writes a decimal point in it. Returns the number's new end, or -1 if it
     * is none.
     */
    private int withPoint(int from, int end) {
        char[] c = scratch;
        int read = from < end && (c[from] == '-' || c[from] == '+') ? from + 1 : from;
        int write = read;
        int groups = 0;
        int group = 0;
        for (; read < end && (isDigit(c[read]) || c[read] == groupingSeparator); read++) {
            if (isDigit(c[read])) {
                c[write++] = c[read];
                group++;
            } else if (group < (groups == 0 ? 1 : 2) || group > 3) {
                return -1;
            } else {
                groups++;
                group = 0;
            }
        }
        if (groups > 0 && group != 3) {
            return -1;
        }
        if (read < end && c[read] == decimalSeparator) {
            c[write++] = '.';
            read++;
        } else if (read < end && c[read] == '.') {
            return -1;
        }
        System.arraycopy(c, read, c, write, end - read);
        return write + end - read;
    }

    /** Parses characters. Returns whether they are a number, which {@link #value} then returns. */
    boolean parse(char[] c, int offset, int length) {
        chars = c;
        at = offset;
        end = offset + length;
        mantissa = 0;
        exact = true;
        boolean negative = sign();
        int whole = digits();
        if (whole == 0 && (at == end || c[at] != '.')) {
            return parseName(negative);
        }
        int exponent = 0;
        if (at < end && c[at] == '.') {
            at++;
            int fraction = digits();
            if (fraction == 0) {
                return false;
            }
            exponent = -fraction;
        }
        if (at < end && (c[at] == 'e' || c[at] == 'E')) {
            at++;
            boolean down = sign();
            int start = at;
            int power = power();
            if (at == start) {
                return false;
            }
            exponent += down ? -power : power;
        }
        if (at != end) {
            return false;
        }
        round(negative, exponent, offset, length);
        return true;
    }

    /** Sets the value to the nearest double. */
    private void round(boolean negative, int exponent, int offset, int length) {
        if (exact && exponent >= -22 && exponent <= 22) {
            // Both operands are exact doubles, so the one rounding gives the nearest double.
            double rounded = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            value = negative ? -rounded : rounded;
        } else {
            value = Double.parseDouble(new String(chars, offset, length));
        }
    }

    /** Skips a sign if there is one; returns whether it is a minus. */
    private boolean sign() {
        boolean negative = at < end && chars[at] == '-';
        if (negative || (at < end && chars[at] == '+')) {
            at++;
        }
        return negative;
    }

    /** Appends digits to the mantissa while it stays exact; returns their number. */
    private int digits() {
        int start = at;
        for (; at < end && isDigit(chars[at]); at++) {
            exact &= mantissa < MANTISSA_ROOM;
            mantissa = exact ? mantissa * 10 + (chars[at] - '0') : mantissa;
        }
        return at - start;
    }

    private int power() {
        int power = 0;
        for (; at < end && isDigit(chars[at]); at++) {
            power = Math.min(power * 10 + (chars[at] - '0'), GREATEST_EXPONENT);
        }
        return power;
    }

    private boolean parseName(boolean negative) {
        int length = end - at;
        if (length != 3 && length != 8) {
            return false;
        }
        String name = new String(chars, at, length);
        if (Ascii.equalsIgnoreCase(name, "nan")) {
            value = Double.NaN;
            return true;
        }
        value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return Ascii.equalsIgnoreCase(name, "inf") || Ascii.equalsIgnoreCase(name, "infinity");
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

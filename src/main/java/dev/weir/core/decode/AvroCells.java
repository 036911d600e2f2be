package dev.weir.core.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Stores Avro values in the cells of the current item. Not thread-safe. */
final class AvroCells extends ItemCells {
    /** Significant digits from which on some decimal always gives a double back, and which most senders do not exceed. */
    private static final int FEWEST_DIGITS = 15;

    private static final int MOST_DIGITS = 17;
    /** Below it, integers are exact doubles. */
    private static final long EXACT_END = 1L << 53;
    /** Longer decimals cost quadratic time, and no sensor has 300 digits. */
    private static final int MAX_DECIMAL_BYTES = 128;

    private static final int MAX_LONG_CHARS = 20;

    private final char[] digits = new char[MAX_LONG_CHARS];

    AvroCells(Layout layout) {
        super(layout);
    }

    /** Stores the text that the bytes hold as UTF-8. */
    void text(int slot, byte[] bytes, int from, int length) throws MalformedEventException {
        cells().setText(slot, repeats(slot) ? name(bytes, from, length) : decoded(bytes, from, length));
    }

    /** Returns the text that the bytes hold as UTF-8, as one object for all events that have it. */
    String name(byte[] bytes, int from, int length) throws MalformedEventException {
        String ascii = names.getAscii(bytes, from, length);
        if (ascii != null) {
            return ascii;
        }
        return name(decoded(bytes, from, length));
    }

    /** Returns the text, as one object for all events that have it. */
    String name(String text) {
        return names.get(text.toCharArray(), 0, text.length());
    }

    private static String decoded(byte[] bytes, int from, int length) throws MalformedEventException {
        if (!Utf8.isValid(bytes, from, from + length)) {
            throw new MalformedEventException("a text that is not UTF-8");
        }
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    void integer(int slot, long number) {
        boolean name = repeats(slot);
        cells().setInteger(slot, number, name ? nameOf(number) : null);
    }

    /** Returns the digits of a number that is a name, as one object for all events that have it. */
    private String nameOf(long number) {
        if (number == Long.MIN_VALUE) {
            return Long.toString(number);
        }
        int from = MAX_LONG_CHARS;
        long rest = Math.abs(number);
        do {
            digits[--from] = (char) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            digits[--from] = '-';
        }
        return names.get(digits, from, MAX_LONG_CHARS - from);
    }

    void number(int slot, double number) {
        if (!Double.isFinite(number)) {
            cells().setNotFinite(slot);
        } else {
            cells().setDecimal(slot, number, keepsDigits(slot) ? shortest(number) : null);
        }
    }

    /** Returns the shortest decimal that gives the double, which is the one that was meant: 1.7e9 + 0.1 s and not 0.0999999046 s. */
    static String shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int precision = FEWEST_DIGITS; precision < MOST_DIGITS; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision));
            if (rounded.doubleValue() == number) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(MOST_DIGITS)));
    }

    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return Math.abs(stripped.scale()) > MOST_DIGITS + FEWEST_DIGITS
                ? stripped.toString()
                : stripped.toPlainString();
    }

    /**
     * Stores a decimal.
     *
     * @param bytes the unscaled number in two's complement, the most significant byte first
     * @param scale number of decimals
     */
    void decimal(int slot, byte[] bytes, int from, int length, int scale) throws MalformedEventException {
        if (length == 0 || length > MAX_DECIMAL_BYTES) {
            throw new MalformedEventException("a decimal of " + length + " bytes");
        }
        if (length > Long.BYTES) {
            decimal(slot, new BigDecimal(new BigInteger(bytes, from, length), scale));
            return;
        }
        long unscaled = bytes[from];
        for (int i = from + 1; i < from + length; i++) {
            unscaled = unscaled << Byte.SIZE | bytes[i] & 0xFF;
        }
        if (scale == 0) {
            integer(slot, unscaled);
        } else if (scale <= SentDecimal.MAX_POWER && Math.abs(unscaled) < EXACT_END && !keepsDigits(slot)) {
            // A quotient of two exact doubles is rounded once.
            cells().setDecimal(slot, unscaled / SentDecimal.power(scale), null);
        } else {
            decimal(slot, BigDecimal.valueOf(unscaled, scale));
        }
    }

    private void decimal(int slot, BigDecimal number) {
        cells().setDecimal(slot, number.doubleValue(), keepsDigits(slot) ? number.toPlainString() : null);
    }
}

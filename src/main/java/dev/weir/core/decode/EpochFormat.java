package dev.weir.core.decode;

/**
 * An event time as a number of seconds, milliseconds or microseconds since the epoch. Exact for any number of digits, because it computes
 * with the digits and never with a double. Its cost is linear in their number.
 */
final class EpochFormat implements TimeFormat {
    private static final int GREATEST_EXPONENT = 100_000_000;

    private final int shift;
    private final long microsPerUnit;

    /**
     * Creates the format of a unit.
     *
     * @param shift the unit is ten to this power microseconds
     */
    EpochFormat(int shift) {
        this.shift = shift;
        this.microsPerUnit = Math.round(Math.pow(10, shift));
    }

    @Override
    public boolean numeric() {
        return true;
    }

    @Override
    public long ofInteger(long integer) {
        return Micros.of(integer, microsPerUnit);
    }

    @Override
    public long ofText(String text) {
        int length = text.length();
        int start = skipSign(text, 0);
        int wholeEnd = skipDigits(text, start);
        int digitsEnd = wholeEnd;
        if (wholeEnd < length && text.charAt(wholeEnd) == '.') {
            digitsEnd = skipDigits(text, wholeEnd + 1);
            if (digitsEnd == wholeEnd + 1) {
                return Micros.NONE;
            }
        }
        int exponent = 0;
        int end = digitsEnd;
        if (end < length && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = skipSign(text, end + 1);
            end = skipDigits(text, sign);
            if (end == sign) {
                return Micros.NONE;
            }
            exponent = exponent(text, sign, end);
        }
        if (wholeEnd == start || end != length) {
            return Micros.NONE;
        }
        long micros = magnitude(text, start, digitsEnd, wholeEnd - start + exponent + shift, text.charAt(0) == '-');
        return text.charAt(0) == '-' ? Math.max(-micros, Micros.EARLIEST) : micros;
    }

    /**
     * Returns the number that the digits from {@code start} to {@code end} write, as whole microseconds. Rounds toward zero, or away from
     * it if {@code up}.
     *
     * @param whole number of digits before the decimal point; may be negative or more than there are digits, which means zeros
     */
    private static long magnitude(String text, int start, int end, int whole, boolean up) {
        long sum = 0;
        int seen = 0;
        boolean rest = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                continue;
            }
            if (seen++ < whole) {
                if (sum > (Long.MAX_VALUE - 9) / 10) {
                    return Micros.LATEST;
                }
                sum = sum * 10 + (c - '0');
            } else {
                rest |= c != '0';
            }
        }
        for (; seen < whole && sum != 0; seen++) {
            if (sum > Long.MAX_VALUE / 10) {
                return Micros.LATEST;
            }
            sum *= 10;
        }
        return rest && up ? sum + 1 : sum;
    }

    private static int exponent(String text, int start, int end) {
        int exponent = 0;
        for (int i = start; i < end; i++) {
            exponent = Math.min(exponent * 10 + (text.charAt(i) - '0'), GREATEST_EXPONENT);
        }
        return text.charAt(start - 1) == '-' ? -exponent : exponent;
    }

    private static int skipSign(String text, int at) {
        boolean signed = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
        return signed ? at + 1 : at;
    }

    private static int skipDigits(String text, int start) {
        int at = start;
        while (at < text.length() && Decimals.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}

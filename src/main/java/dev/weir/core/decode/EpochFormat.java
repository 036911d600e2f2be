package dev.weir.core.decode;

/**
 * An event time as a number of seconds, milliseconds, microseconds or nanoseconds since the epoch. Exact for any number of digits, because
 * it computes with the digits and never with a double. Its cost is linear in their number.
 */
final class EpochFormat implements TimeFormat {
    /** Units: a second is ten to the power of {@code SECONDS} microseconds, and so on. */
    static final int SECONDS = 6;

    static final int MILLIS = 3;
    static final int MICROS = 0;
    static final int NANOS = -3;
    /** The size of the number chooses the unit: below 1e11 seconds, 1e14 milliseconds, 1e17 microseconds, otherwise nanoseconds. */
    static final int AUTO = Integer.MIN_VALUE;

    private static final int GREATEST_EXPONENT = 100_000_000;

    private final int unit;

    /**
     * Creates the format of a unit.
     *
     * @param unit one of the constants
     */
    EpochFormat(int unit) {
        this.unit = unit;
    }

    @Override
    public boolean numeric() {
        return true;
    }

    @Override
    public long ofInteger(long integer) {
        int power = unit == AUTO ? unitOf(integer) : unit;
        return switch (power) {
            case SECONDS -> Micros.of(integer, 1_000_000);
            case MILLIS -> Micros.of(integer, 1_000);
            case MICROS -> Math.max(integer, Micros.EARLIEST);
            default -> Math.floorDiv(integer, 1_000L);
        };
    }

    private static int unitOf(long integer) {
        if (integer < 100_000_000_000L && integer > -100_000_000_000L) {
            return SECONDS;
        }
        if (integer < 100_000_000_000_000L && integer > -100_000_000_000_000L) {
            return MILLIS;
        }
        return integer < 100_000_000_000_000_000L && integer > -100_000_000_000_000_000L ? MICROS : NANOS;
    }

    /** Returns the unit of a number with so many digits before the decimal point, the first of which is not 0. */
    private static int unitOf(int digits) {
        if (digits <= 11) {
            return SECONDS;
        }
        if (digits <= 14) {
            return MILLIS;
        }
        return digits <= 17 ? MICROS : NANOS;
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
        int whole = wholeEnd - start + exponent;
        int power = unit == AUTO ? unitOf(whole - leadingZeros(text, start, digitsEnd)) : unit;
        long micros = magnitude(text, start, digitsEnd, whole + power, text.charAt(0) == '-');
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

    /** Returns the number of zeros in front of the first other digit; a great one if there is none. */
    private static int leadingZeros(String text, int start, int end) {
        int zeros = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != '0' && c != '.') {
                return zeros;
            }
            zeros += c == '0' ? 1 : 0;
        }
        return GREATEST_EXPONENT * 2;
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

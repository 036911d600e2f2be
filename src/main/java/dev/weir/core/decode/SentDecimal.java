package dev.weir.core.decode;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Recovers the decimal that a double was parsed from. Sensors send decimals and people write limits as decimals, but a double is only the
 * nearest binary number: 20.1 - 20.0 is not 0.1 in doubles, so a limit of 0.1 that is inclusive must not be compared in doubles.
 *
 * <p><b>Invariant.</b> Every decimal of up to 15 significant digits is recovered exactly, because no two of them share a double. A double
 * that no such decimal gives was sent with more digits, or is the rounded result of a unit conversion. The value that was sent is then
 * known only to half a unit in the last place, and the caller decides how to treat it.
 *
 * <p>Not {@link Double#toString}: before Java 19 its digits are not always the shortest, and a verdict must not depend on the Java version.
 */
public final class SentDecimal {
    /** Returned if no decimal of up to 15 digits and 22 decimals gives the double. */
    public static final int NONE = -1;

    /** The greatest argument of {@link #power}. */
    static final int MAX_POWER = 22;

    /** From here on a whole number has more than 15 digits. */
    private static final double UNITS_END = 1e15;

    private static final int DIGITS = 15;

    /** All powers of ten that doubles hold exactly. A quotient of two exact doubles is rounded once, as the decimal itself was. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private SentDecimal() {}

    /**
     * Returns the least number of decimals, 0 to 22, with which the value can have been sent, or {@link #NONE}. Takes a few nanoseconds and
     * allocates nothing.
     */
    public static int decimals(double value) {
        for (int decimals = 0; decimals < POWERS.length; decimals++) {
            double units = Math.rint(value * POWERS[decimals]);
            if (!(Math.abs(units) < UNITS_END)) {
                return NONE;
            }
            if (units / POWERS[decimals] == value) {
                return decimals;
            }
        }
        return NONE;
    }

    /** Returns whether {@link #decimals} has tried every decimal that could give the value, so that {@link #of} knows no other. */
    public static boolean isOrdinary(double value) {
        double size = Math.abs(value);
        return size >= 1e-7 && size < UNITS_END;
    }

    /** Returns the value as a whole number of units of its last decimal. */
    public static double units(double value, int decimals) {
        return Math.rint(value * POWERS[decimals]);
    }

    /** Returns ten to that power, 0 to 22, exactly. */
    public static double power(int exponent) {
        return POWERS[exponent];
    }

    /** Returns the decimal of up to 15 digits that the finite value was parsed from, or null if there is none. */
    public static BigDecimal of(double value) {
        int decimals = decimals(value);
        if (decimals != NONE) {
            return BigDecimal.valueOf((long) units(value, decimals), decimals);
        }
        BigDecimal exact = new BigDecimal(value);
        // A subnormal double has fewer than 15 digits of its own: 4.9e-324 is the only decimal of two digits that gives
        // the smallest.
        for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : DIGITS; digits <= DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return null;
    }
}

package dev.weir.core.check;

import dev.weir.core.decode.SentDecimal;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A linear conversion between two units: {@code (value + before) * multiplier / divisor + after}. All four constants are exact decimals.
 *
 * <p><b>Idea.</b> Converts the decimal that was sent, not the nearest double, and rounds once: 32.18 degrees Fahrenheit give 0.1 degrees
 * Celsius, where doubles give 0.09999999999999984. A converted value at a limit is therefore within it, and the same value sent in two
 * units is equal.
 *
 * <p><b>Cost.</b> For up to 15 digits, numerator and denominator are whole numbers that doubles hold exactly, and one division rounds.
 * Larger whole numbers need {@link BigDecimal}. A value with more digits is no decimal that a person or a sensor wrote, so it is converted
 * in doubles.
 */
public final class Conversion {
    /** Doubles hold every whole number up to this one exactly. */
    private static final double EXACT_END = 0x1p53;

    /** Enough digits that rounding to a double afterwards gives the nearest one. */
    private static final MathContext PRECISE = new MathContext(60);

    private final double before;
    private final double multiplier;
    private final double divisor;
    private final double after;

    /** The power of ten that makes {@code before} and {@code after} whole numbers: their scaled values are the products with it. */
    private final double scale;

    private final double scaledBefore;
    private final double scaledAfter;
    private final boolean identity;

    /** Creates a conversion. {@code multiplier} and {@code divisor} must be whole numbers below 2^53. */
    public Conversion(double before, double multiplier, double divisor, double after) {
        this.before = before;
        this.multiplier = multiplier;
        this.divisor = divisor;
        this.after = after;
        int decimals = Math.max(SentDecimal.decimals(before), SentDecimal.decimals(after));
        scale = SentDecimal.power(decimals);
        scaledBefore = SentDecimal.units(before, decimals);
        scaledAfter = SentDecimal.units(after, decimals);
        identity = before == 0 && after == 0 && multiplier == divisor;
    }

    /** Returns the value in the other unit; infinite if it is beyond the range of a double. */
    public double apply(double value) {
        if (identity) {
            return value;
        }
        int decimals = SentDecimal.decimals(value);
        if (decimals == SentDecimal.NONE) {
            BigDecimal sent = SentDecimal.isOrdinary(value) ? null : SentDecimal.of(value);
            return sent == null ? (value + before) * multiplier / divisor + after : exactly(sent);
        }
        double units = SentDecimal.units(value, decimals);
        double power = SentDecimal.power(decimals);
        double offset = Math.abs(scaledBefore) * power * multiplier + Math.abs(scaledAfter) * power * divisor;
        double denominator = scale * divisor * power;
        if (Math.abs(units) * scale * multiplier + offset < EXACT_END && denominator < EXACT_END) {
            double numerator = (units * scale + scaledBefore * power) * multiplier + scaledAfter * power * divisor;
            return numerator / denominator;
        }
        return exactly(BigDecimal.valueOf((long) units, decimals));
    }

    private double exactly(BigDecimal sent) {
        BigDecimal scaled = sent.add(SentDecimal.of(before)).multiply(new BigDecimal(multiplier));
        BigDecimal numerator = scaled.add(SentDecimal.of(after).multiply(new BigDecimal(divisor)));
        return numerator.divide(new BigDecimal(divisor), PRECISE).doubleValue();
    }
}

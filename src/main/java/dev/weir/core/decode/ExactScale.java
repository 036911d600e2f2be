package dev.weir.core.decode;

import java.math.BigDecimal;

/**
 * Computes {@code value × scale + offset}.
 *
 * <p><b>Guarantee.</b> If the value was sent as a decimal of up to 15 digits ({@link SentDecimal}), the result is the double that is
 * nearest to the exact decimal: 3 × 0.1 is 0.3. A value with more digits, which no person and hardly any sensor writes, is computed in
 * doubles.
 *
 * <p><b>Cost.</b> All three numbers are whole numbers of the units of their last decimal. As long as the numerator over the common power of
 * ten stays below 2^53 and that power within 22, doubles hold both exactly and one division rounds; nothing is allocated. Otherwise {@link
 * BigDecimal} computes.
 */
public final class ExactScale {
    /** Doubles hold every whole number up to this one exactly. */
    private static final double EXACT_END = 0x1p53;
    /** The last power of ten that doubles hold exactly. */
    private static final int GREATEST_POWER = 22;

    private final BigDecimal scale;
    private final BigDecimal offset;
    private final double scaleUnits;
    private final int scaleDecimals;
    private final double offsetUnits;
    private final int offsetDecimals;
    private final boolean simple;

    public ExactScale(BigDecimal scale, BigDecimal offset) {
        this.scale = withoutZeros(scale);
        this.offset = withoutZeros(offset);
        scaleUnits = this.scale.unscaledValue().doubleValue();
        scaleDecimals = this.scale.scale();
        offsetUnits = this.offset.unscaledValue().doubleValue();
        offsetDecimals = this.offset.scale();
        simple = Math.abs(scaleUnits) < EXACT_END
                && Math.abs(offsetUnits) < EXACT_END
                && Math.max(scaleDecimals, offsetDecimals) <= GREATEST_POWER;
    }

    /** Returns the number with the fewest decimals, which are none or more. */
    private static BigDecimal withoutZeros(BigDecimal number) {
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        // Not the whole of 1e300, which is no simple number anyway.
        return stripped.scale() < 0 && stripped.scale() >= -GREATEST_POWER ? stripped.setScale(0) : stripped;
    }

    /** Returns the scaled value of a finite one; infinite if it is beyond the range of a double. */
    public double apply(double value) {
        int decimals = SentDecimal.decimals(value);
        if (decimals == SentDecimal.NONE) {
            BigDecimal sent = SentDecimal.isOrdinary(value) ? null : SentDecimal.of(value);
            return sent == null ? value * scale.doubleValue() + offset.doubleValue() : exactly(sent);
        }
        double units = SentDecimal.units(value, decimals);
        int product = decimals + scaleDecimals;
        int power = Math.max(product, offsetDecimals);
        if (simple && scaleDecimals >= 0 && offsetDecimals >= 0 && power <= GREATEST_POWER) {
            double scaled = units * scaleUnits * SentDecimal.power(power - product);
            double added = offsetUnits * SentDecimal.power(power - offsetDecimals);
            // Rounding is monotone, so a sum below the end has not been rounded on the way.
            if (Math.abs(scaled) + Math.abs(added) < EXACT_END) {
                return (scaled + added) / SentDecimal.power(power);
            }
        }
        return exactly(BigDecimal.valueOf((long) units, decimals));
    }

    private double exactly(BigDecimal sent) {
        return sent.multiply(scale).add(offset).doubleValue();
    }
}

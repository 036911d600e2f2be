package dev.weir.core.series;

import dev.weir.core.decode.SentDecimal;
import java.math.BigDecimal;

/**
 * The {@code max-rate} of a metric, inclusive, compared as the decimals that were sent.
 *
 * <p><b>Idea.</b> From 20.0 to 20.1 within a second is a change of exactly 0.1/s, although the two doubles are further apart than that.
 * Doubles decide when their rounding cannot change the outcome. Near the limit the comparison uses {@link BigDecimal}.
 *
 * <p><b>Invariant.</b> A change at the limit is never a spike. A value that no decimal of up to 15 digits gives, for instance 32.1 degrees
 * Fahrenheit in Celsius, is known only to half a unit in its last place. The change then counts as the smallest that it can have been.
 *
 * <p><b>Cost.</b> A few multiplications for nearly every reading. Only a change that rounding could move across the limit, or a number near
 * the ends of the range of a double, needs decimals.
 */
final class RateLimit {
    /** Exceeds the sum of all roundings of the comparison in doubles. Each is at most 2^-52 of the number that was rounded. */
    private static final double RELATIVE_ERROR = 0x1p-49;

    /** Below this, rounding errors may exceed the relative bound, because the operand is close to the smallest doubles. */
    private static final double LEAST_ERROR = 1e-280;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final BigDecimal amount;
    private final BigDecimal exactPer;
    private final double nearAmount;
    private final double perMicros;

    /** Allows a change of {@code amount} in {@code perMicros} microseconds; both are positive. */
    RateLimit(BigDecimal amount, long perMicros) {
        this.amount = amount;
        this.exactPer = BigDecimal.valueOf(perMicros);
        this.nearAmount = amount.doubleValue();
        this.perMicros = perMicros;
    }

    /**
     * Returns whether a change between two finite values exceeds the limit.
     *
     * @param elapsedMicros time between the two values, positive
     */
    boolean isExceeded(double from, double to, long elapsedMicros) {
        double change = Math.abs(to - from) * perMicros;
        double allowed = nearAmount * elapsedMicros;
        double error = (change + allowed + (Math.abs(from) + Math.abs(to)) * perMicros) * RELATIVE_ERROR;
        double above = change - allowed;
        // An infinity or NaN makes this condition false, so the decimals decide.
        if (Math.abs(above) > error && error > LEAST_ERROR && error < Double.MAX_VALUE) {
            return above > 0;
        }
        return isExceededExactly(from, to, elapsedMicros);
    }

    private boolean isExceededExactly(double from, double to, long elapsedMicros) {
        BigDecimal change = decimal(to).subtract(decimal(from)).abs();
        BigDecimal least = change.subtract(errorOf(from)).subtract(errorOf(to));
        return least.multiply(exactPer).compareTo(amount.multiply(BigDecimal.valueOf(elapsedMicros))) > 0;
    }

    private static BigDecimal decimal(double value) {
        BigDecimal sent = SentDecimal.of(value);
        return sent == null ? new BigDecimal(value) : sent;
    }

    private static BigDecimal errorOf(double value) {
        return SentDecimal.of(value) == null ? new BigDecimal(Math.ulp(value)).multiply(HALF) : BigDecimal.ZERO;
    }
}

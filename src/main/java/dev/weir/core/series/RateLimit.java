package dev.weir.core.series;

import dev.weir.core.decode.SentDecimal;
import java.math.BigDecimal;

/**
 * The {@code max-rate} of a metric, its end included, compared as the decimals that were sent: from 20.0 to 20.1 within a second is no more
 * than 0.1/s, though the doubles are further apart than that.
 *
 * <p>Doubles decide wherever their rounding cannot matter, which is for nearly every reading. Near the limit the comparison is made with
 * decimals, exactly. A value that no decimal of up to 15 digits gives, for instance 32.1 degrees Fahrenheit in Celsius, is known to half a
 * unit in its last place only; the change then counts as the smallest that it can have been, so that a reading at the limit never is a spike.
 */
final class RateLimit {
    /** Above the sum of all roundings of the comparison in doubles, at most 2^-52 each, relative to what was rounded. */
    private static final double DOUBT = 0x1p-49;

    /** Below it a rounding may be greater than its operand says: the operand is close to the smallest doubles. */
    private static final double LEAST_DOUBT = 1e-280;

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final BigDecimal amount;
    private final BigDecimal exactPer;
    private final double nearAmount;
    private final double perMicros;

    /** Allows {@code amount} in {@code perMicros}; both are positive. */
    RateLimit(BigDecimal amount, long perMicros) {
        this.amount = amount;
        this.exactPer = BigDecimal.valueOf(perMicros);
        this.nearAmount = amount.doubleValue();
        this.perMicros = perMicros;
    }

    /** Returns whether the change from one finite value to the other in that time, which is positive, is above the limit. */
    boolean isExceeded(double from, double to, long elapsedMicros) {
        double change = Math.abs(to - from) * perMicros;
        double allowed = nearAmount * elapsedMicros;
        double doubt = (change + allowed + (Math.abs(from) + Math.abs(to)) * perMicros) * DOUBT;
        double above = change - allowed;
        // Written so that an infinity or NaN on the way makes it false.
        if (Math.abs(above) > doubt && doubt > LEAST_DOUBT && doubt < Double.MAX_VALUE) {
            return above > 0;
        }
        return isExceededExactly(from, to, elapsedMicros);
    }

    private boolean isExceededExactly(double from, double to, long elapsedMicros) {
        BigDecimal change = decimal(to).subtract(decimal(from)).abs();
        BigDecimal least = change.subtract(doubtOf(from)).subtract(doubtOf(to));
        return least.multiply(exactPer).compareTo(amount.multiply(BigDecimal.valueOf(elapsedMicros))) > 0;
    }

    private static BigDecimal decimal(double value) {
        BigDecimal sent = SentDecimal.of(value);
        return sent == null ? new BigDecimal(value) : sent;
    }

    private static BigDecimal doubtOf(double value) {
        return SentDecimal.of(value) == null ? new BigDecimal(Math.ulp(value)).multiply(HALF) : BigDecimal.ZERO;
    }
}

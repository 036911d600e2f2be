package dev.weir.core.catalog;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A token bucket per series, in event time.
 *
 * @param rate tokens over time
 * @param burst greatest number of tokens, at least 1, and the number that a new series begins with
 */
public record Quota(Rate rate, long burst) implements Serializable {

    /**
     * The numbers of an exact bucket: a token is divided into so many parts that a microsecond refills a whole number of them.
     *
     * @param perMicro parts that a microsecond refills
     * @param perToken parts of a token
     * @param capacity parts of a full bucket
     */
    public record Parts(long perMicro, long perToken, long capacity) {}

    /** @throws ArithmeticException if a 64-bit number cannot hold them: rate and burst are too far apart */
    public Parts parts() {
        long micros = rate.per().toNanos() / 1_000;
        int scale = Math.max(0, rate.amount().stripTrailingZeros().scale());
        if (scale > 18) {
            throw new ArithmeticException("too many decimals");
        }
        BigInteger tokens = rate.amount().scaleByPowerOfTen(scale).toBigIntegerExact();
        BigInteger period = BigInteger.TEN.pow(scale).multiply(BigInteger.valueOf(micros));
        BigInteger common = tokens.gcd(period);
        BigInteger perToken = period.divide(common);
        return new Parts(
                tokens.divide(common).longValueExact(),
                perToken.longValueExact(),
                perToken.multiply(BigInteger.valueOf(burst)).longValueExact());
    }
}

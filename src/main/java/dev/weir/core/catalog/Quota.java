package dev.weir.core.catalog;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The quota of each series: a token bucket in event time.
 *
 * @param rate tokens over time
 * @param burst greatest number of tokens, at least 1; a new series starts with it
 */
public record Quota(Rate rate, long burst) implements Serializable {

    /**
     * The numbers of an exact bucket. A token is divided into so many parts that each microsecond refills a whole number of them.
     *
     * @param perMicro parts that a microsecond refills
     * @param perToken parts of a token
     * @param capacity parts of a full bucket
     */
    public record Parts(long perMicro, long perToken, long capacity) {}

    /**
     * Returns the numbers of the bucket.
     *
     * @throws ArithmeticException if a number exceeds 64 bits, because rate and burst are too far apart or the rate has too many decimals
     */
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

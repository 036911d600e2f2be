package dev.weir.testing.oracle;

import java.math.BigDecimal;
import java.math.MathContext;

/** A number exactly: what was sent, as its digits say, after the conversion into the catalog's unit. The denominator is positive. */
record Ratio(BigDecimal numerator, BigDecimal denominator) {

    /** The nearest double; infinite beyond its range. */
    double nearest() {
        return numerator.divide(denominator, new MathContext(60)).doubleValue();
    }

    /** How far the two are apart, on the number line. */
    Ratio distance(Ratio other) {
        BigDecimal mine = numerator.multiply(other.denominator);
        BigDecimal theirs = other.numerator.multiply(denominator);
        return new Ratio(mine.subtract(theirs).abs(), denominator.multiply(other.denominator));
    }

    /** Whether it is more than so many for each of so many: compared as two quotients over a common denominator. */
    boolean isMoreThan(BigDecimal amount, long times, long per) {
        BigDecimal allowed = amount.multiply(BigDecimal.valueOf(times)).multiply(denominator);
        return numerator.multiply(BigDecimal.valueOf(per)).compareTo(allowed) > 0;
    }
}

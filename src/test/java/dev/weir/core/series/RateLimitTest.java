package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitTest {
    private static final long SECOND = 1_000_000;

    /** From, to, allowed in a second; a second lies between the two. All changes are exactly at the limit. */
    @ParameterizedTest
    @CsvSource({
        "20.0, 20.1, 0.1",
        "20.1, 20.2, 0.1",
        "20.2, 20.1, 0.1",
        "0.1, 0.3, 0.2",
        "-0.1, 0.2, 0.3",
        "1000000.1, 1000000.2, 0.1",
        "0.3, 0.3000003, 0.0000003",
        "99999999.99, 100000000, 0.01",
        "1e22, 1.1e22, 1e21",
        "-9e307, 9e307, 1.8e308",
        "-1e308, 1.5e308, 2.5e308",
        "1e-300, 3e-300, 2e-300",
        "0, 5e-324, 5e-324"
    })
    void includesItsEnd(double from, double to, BigDecimal allowed) {
        assertThat(new RateLimit(allowed, SECOND).isExceeded(from, to, SECOND)).isFalse();
        BigDecimal less = allowed.subtract(allowed.ulp().movePointLeft(3));
        assertThat(new RateLimit(less, SECOND).isExceeded(from, to, SECOND))
                .as("a little less is allowed")
                .isTrue();
    }

    /** Decimals as sensors send them, a change at the limit, and one unit of the last decimal to either side. */
    @Property(tries = 20_000)
    void decidesByDecimals(
            @ForAll @LongRange(min = -100_000_000, max = 100_000_000) long from,
            @ForAll @LongRange(min = 1, max = 1_000_000) long amount,
            @ForAll @IntRange(min = 0, max = 5) int decimals,
            @ForAll @IntRange(min = 1, max = 100_000) int elapsedPeriods,
            @ForAll @LongRange(min = 1, max = 3_600_000_000L) long perMicros) {
        RateLimit limit = new RateLimit(BigDecimal.valueOf(amount, decimals), perMicros);
        for (int sign : new int[] {-1, 1}) {
            long atLimit = from + sign * amount * elapsedPeriods;
            long elapsed = elapsedPeriods * perMicros;
            assertThat(limit.isExceeded(value(from, decimals), value(atLimit, decimals), elapsed))
                    .isFalse();
            assertThat(limit.isExceeded(value(from, decimals), value(atLimit - sign, decimals), elapsed))
                    .isFalse();
            assertThat(limit.isExceeded(value(from, decimals), value(atLimit + sign, decimals), elapsed))
                    .isTrue();
            assertThat(limit.isExceeded(value(from, decimals), value(atLimit, decimals), elapsed - 1))
                    .isTrue();
        }
    }

    private static double value(long units, int decimals) {
        return Double.parseDouble(BigDecimal.valueOf(units, decimals).toString());
    }

    /** 32.1 and 33.9 degrees Fahrenheit are 1 degree Celsius apart, and neither is a decimal of Celsius. */
    @Test
    void givesAConvertedValueTheBenefitOfItsRounding() {
        RateLimit oneASecond = new RateLimit(BigDecimal.ONE, SECOND);
        double from = 0.1 * 5 / 9;
        double to = 1.9 * 5 / 9;
        assertThat(oneASecond.isExceeded(from, to, SECOND)).isFalse();
        assertThat(oneASecond.isExceeded(to, from, SECOND)).isFalse();
        assertThat(oneASecond.isExceeded(from, to + 4 * Math.ulp(to), SECOND)).isTrue();
    }

    @Test
    void aValueThatStaysIsNoChange() {
        RateLimit least = new RateLimit(new BigDecimal("1e-300"), SECOND);
        assertThat(least.isExceeded(1e300, 1e300, 1)).isFalse();
        assertThat(least.isExceeded(0.0, -0.0, 1)).isFalse();
    }
}

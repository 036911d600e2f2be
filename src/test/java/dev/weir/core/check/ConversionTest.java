package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the fraction worked out in decimals: (value + before) * multiplier / divisor + after. */
class ConversionTest {
    private static final long FIFTEEN_NINES = 999_999_999_999_999L;
    private static final String[][] PARTS = {
        {"-32", "5", "9", "0"}, {"0", "9", "5", "32"}, {"459.67", "5", "9", "0"}, {"0", "9", "5", "-459.67"},
        {"-273.15", "1", "1", "0"}, {"0", "1", "1", "273.15"}, {"0", "1", "100", "0"}, {"0", "133322", "1000", "0"},
        {"0", "1000", "133322", "0"}, {"0", "5", "18", "0"}, {"0", "18", "5", "0"}, {"0", "1000000000", "1", "0"},
        {"1.5", "3", "7", "0.25"}
    };

    @Property(tries = 3_000)
    void isTheNearestDoubleToTheExactResult(
            @ForAll @LongRange(min = -FIFTEEN_NINES, max = FIFTEEN_NINES) long units,
            @ForAll @IntRange(min = 1, max = 15) int digits,
            @ForAll @IntRange(min = -30, max = 30) int decimals) {
        BigDecimal sent = new BigDecimal(BigInteger.valueOf(units), decimals).round(new MathContext(digits));
        for (String[] parts : PARTS) {
            assertThat(conversion(parts).apply(sent.doubleValue()))
                    .as("%s by %s", sent, String.join(" ", parts))
                    .isEqualTo(exactly(sent, parts));
        }
    }

    /** Some have all their decimals within doubles, some need more than a numerator below 2^53, some are beyond 22 decimals. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "32.18",
                "123456789012.345",
                "99999999999999.9",
                "999999999999999",
                "1e15",
                "2e23",
                "1e-7",
                "1.5e-23",
                "123456.789012345",
                "1e300",
                "-1e-300"
            })
    void isExactForEverySizeOfDecimal(BigDecimal sent) {
        for (String[] parts : PARTS) {
            assertThat(conversion(parts).apply(sent.doubleValue()))
                    .as("%s by %s", sent, String.join(" ", parts))
                    .isEqualTo(exactly(sent, parts));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {21.299999237060547, 1.0 / 3, -1e14 / 7, 1e-7 / 3, 1e15 / 7, 1e20 / 7, 1e-20 / 7})
    void isNearForWhatHasMoreDigits(double sent) {
        for (String[] parts : PARTS) {
            double exact = exactly(new BigDecimal(sent), parts);
            double size = Math.max(Math.abs(exact), 500);
            assertThat(conversion(parts).apply(sent)).isCloseTo(exact, within(4 * Math.ulp(size)));
        }
    }

    @Test
    void isInfiniteBeyondADouble() {
        assertThat(new Conversion(0, 1000, 1, 0).apply(1e308)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(new Conversion(0, 1000, 1, 0).apply(-1.7976931348623157e308)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void leavesTheBitsOfAValueInItsOwnUnit() {
        Conversion same = new Conversion(0, 1, 1, 0);
        assertThat(Double.doubleToRawLongBits(same.apply(-0.0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(same.apply(21.299999237060547)).isEqualTo(21.299999237060547);
    }

    private static Conversion conversion(String[] parts) {
        return new Conversion(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }

    private static double exactly(BigDecimal sent, String[] parts) {
        BigDecimal divisor = new BigDecimal(parts[2]);
        BigDecimal shifted = sent.add(new BigDecimal(parts[0])).multiply(new BigDecimal(parts[1]));
        BigDecimal numerator = shifted.add(new BigDecimal(parts[3]).multiply(divisor));
        return numerator.divide(divisor, new MathContext(80)).doubleValue();
    }
}

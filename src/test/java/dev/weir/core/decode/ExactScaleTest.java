package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactScaleTest {
    private static final long FIFTEEN_NINES = 999_999_999_999_999L;

    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
    void isTheNearestDoubleToTheExactResult(
            @ForAll @LongRange(min = -FIFTEEN_NINES, max = FIFTEEN_NINES) long units,
            @ForAll @IntRange(min = -25, max = 30) int decimals,
            @ForAll long scaleUnits,
            @ForAll @IntRange(min = -5, max = 25) int scaleDecimals,
            @ForAll @IntRange(min = 0, max = 62) int scaleShift,
            @ForAll long offsetUnits,
            @ForAll @IntRange(min = -5, max = 25) int offsetDecimals,
            @ForAll @IntRange(min = 0, max = 63) int offsetShift) {
        BigDecimal sent = new BigDecimal(BigInteger.valueOf(units), decimals);
        BigDecimal scale = new BigDecimal(BigInteger.valueOf((scaleUnits >> scaleShift) | 1), scaleDecimals);
        BigDecimal offset = new BigDecimal(BigInteger.valueOf(offsetUnits >> offsetShift), offsetDecimals);
        double expected = Double.parseDouble(sent.multiply(scale).add(offset).toString());
        assertThat(new ExactScale(scale, offset).apply(Double.parseDouble(sent.toString())) + 0.0)
                .as("%s * %s + %s", sent, scale, offset)
                .isEqualTo(expected + 0.0);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0.1, 0, 0.3",
        "215, 0.1, -40, -18.5",
        "0.1, 3, 0, 0.3",
        "-7, 1, 0.7, -6.3",
        "0, 5, 0, 0",
        "65535, 0.00390625, -128, 127.99609375",
        "999999999999999, 999999, 0.001, 999998999999999000001.001",
        "1, 1e-22, 0, 1e-22",
        "1, 1e-23, 1e-30, 1.0000001e-23",
        "1e300, 1e10, 0, Infinity",
        "-1e300, 1e10, 5, -Infinity",
        "1e-300, 1e-300, 0, 0",
        "5, 1e300, 0, 5e300",
        "4, 1000, 20000, 24000",
    })
    void scales(double value, BigDecimal scale, BigDecimal offset, double expected) {
        assertThat(new ExactScale(scale, offset).apply(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {21.299999237060547, 1.0 / 3, -1e14 / 7, 1e20 / 7, 1e-20 / 7})
    void isNearForWhatHasMoreDigits(double value) {
        double exact = new BigDecimal(value)
                .multiply(new BigDecimal("0.1"))
                .subtract(BigDecimal.TEN)
                .doubleValue();
        assertThat(new ExactScale(new BigDecimal("0.1"), BigDecimal.TEN.negate()).apply(value))
                .isCloseTo(exact, within(4 * Math.ulp(Math.max(Math.abs(exact), 10))));
    }

    @Test
    void keepsAValueWithMoreDigitsIfNothingIsAdded() {
        assertThat(new ExactScale(BigDecimal.ONE, BigDecimal.ZERO).apply(21.299999237060547))
                .isEqualTo(21.299999237060547);
    }
}

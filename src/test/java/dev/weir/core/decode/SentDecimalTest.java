package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentDecimalTest {
    private static final long FIFTEEN_NINES = 999_999_999_999_999L;

    @Property(tries = 20_000)
    void recoversEveryDecimalOfFifteenDigits(
            @ForAll @LongRange(min = -FIFTEEN_NINES, max = FIFTEEN_NINES) long units,
            @ForAll @IntRange(min = -280, max = 280) int decimals) {
        BigDecimal sent = new BigDecimal(BigInteger.valueOf(units), decimals);
        assertThat(SentDecimal.of(Double.parseDouble(sent.toString()))).isEqualByComparingTo(sent);
    }

    @Property(tries = 20_000)
    void findsTheDecimalsOfWhatSensorsSend(
            @ForAll @LongRange(min = -FIFTEEN_NINES, max = FIFTEEN_NINES) long units,
            @ForAll @IntRange(min = 0, max = 15) int decimals) {
        double value = new BigDecimal(BigInteger.valueOf(units), decimals).doubleValue();
        int found = SentDecimal.decimals(value);
        assertThat(found).isBetween(0, decimals);
        assertThat(SentDecimal.units(value, found) / SentDecimal.power(found)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20.1",
                "-0.3",
                "999999999999999",
                "-99999999999999.9",
                "0.999999999999999",
                "1.23456789012345E-290",
                "-9.87654321098765E+300",
                "1E+22",
                "1.23456789012345E-8",
                "1.23456789012345E-9"
            })
    void recoversFifteenDigits(String sent) {
        assertThat(SentDecimal.of(Double.parseDouble(sent))).isEqualByComparingTo(sent);
    }

    /** A double is a whole number of these; beyond 15 digits or 22 decimals no number of decimals is known. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "21, 0",
        "21.5, 1",
        "-0.25, 2",
        "0.000001, 6",
        "1e-22, 22",
        "1e-23, -1",
        "999999999999999, 0",
        "1e15, -1",
        "99999999999999.9, 1"
    })
    void countsTheDecimals(double value, int decimals) {
        assertThat(SentDecimal.decimals(value)).isEqualTo(decimals);
        if (decimals != SentDecimal.NONE) {
            assertThat(SentDecimal.units(value, decimals) / SentDecimal.power(decimals))
                    .isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {21.299999237060547, 0.1 + 0.2, 1.0 / 3, Math.PI, -1e15 / 7})
    void saysThatNobodySentSoFewDigits(double value) {
        assertThat(SentDecimal.of(value)).isNull();
        assertThat(SentDecimal.decimals(value)).isEqualTo(SentDecimal.NONE);
    }

    @Test
    void takesTheFewestDigitsForTheSmallestDoubles() {
        assertThat(SentDecimal.of(5e-324)).isEqualByComparingTo("5e-324");
        assertThat(SentDecimal.of(1.2e-320)).isEqualByComparingTo("1.2e-320");
        assertThat(SentDecimal.of(2e23)).isEqualByComparingTo("2e23"); // 1.9999999999999998E23 in Java before 19
        assertThat(SentDecimal.of(Double.MAX_VALUE)).isNull();
        assertThat(SentDecimal.of(-0.0)).isEqualByComparingTo("0");
    }
}

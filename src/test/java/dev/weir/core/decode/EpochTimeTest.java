package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input.Overlap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Event times as numbers since the epoch. */
class EpochTimeTest {

    @ParameterizedTest
    @CsvSource({
        "epoch-seconds, 1709294400.1234569, 1709294400123456",
        "epoch-seconds, -0.0000001, -1",
        // As Java and others write a double.
        "epoch-seconds, 1.5945120943859746E9, 1594512094385974",
        "epoch-auto, 1.5945120943859746E9, 1594512094385974",
        "epoch-millis, 1.7092944E+12, 1709294400000000",
        "epoch-micros, -1.5, -2",
        "epoch-micros, +7, 7",
        "epoch-micros, 0e999999999999, 0",
        "epoch-micros, 1e-999999999999, 0",
        "epoch-micros, -1e-999999999999, -1",
        "epoch-micros, -1.0, -1",
        "epoch-micros, -1.05, -2",
        "epoch-micros, 15e-1, 1",
        "epoch-micros, -15e-1, -2",
        "epoch-micros, 1.5E+1, 15",
        "epoch-micros, 12.5e1, 125",
        "epoch-micros, 120e-2, 1",
        "epoch-millis, 0.0009, 0",
        "epoch-millis, 0.0019, 1",
        "epoch-seconds, -5, -5000000",
        "epoch-seconds, 12e-7, 1",
        // 2^63 - 1 is 9223372036854775807; from ...5800 on it is the end
        "epoch-micros, 9223372036854775799, 9223372036854775799",
        "epoch-micros, 9223372036854775808, 9223372036854775807",
        "epoch-micros, -9223372036854775799, -9223372036854775799",
        "epoch-micros, -9223372036854775808, -9223372036854775807",
        "epoch-micros, 922337203685477580e1, 9223372036854775800",
        "epoch-micros, 922337203685477581e1, 9223372036854775807",
        "epoch-micros, 1e19, 9223372036854775807",
        "epoch-micros, -1e99, -9223372036854775807",
        "epoch-nanos, 1709294400123456789, 1709294400123456",
        "epoch-nanos, -1, -1",
        "epoch-nanos, -1000, -1",
        "epoch-nanos, -1001, -2",
        "epoch-nanos, 999.9, 0",
        "epoch-nanos, 1.7e18, 1700000000000000",
        "epoch-nanos, 1e22, 9223372036854775807",
        "epoch-auto, 0, 0",
        "epoch-auto, -0.5, -500000",
        "epoch-auto, 1709294400.1234567, 1709294400123456",
        "epoch-auto, 99999999999.9999999, 99999999999999999",
        "epoch-auto, 100000000000, 100000000000000",
        "epoch-auto, -99999999999, -99999999999000000",
        "epoch-auto, -100000000000, -100000000000000",
        "epoch-auto, 1709294400123, 1709294400123000",
        "epoch-auto, 99999999999999.9999, 99999999999999999",
        "epoch-auto, 100000000000000, 100000000000000",
        "epoch-auto, 99999999999999999.9, 99999999999999999",
        "epoch-auto, -99999999999999999.9, -100000000000000000",
        "epoch-auto, 100000000000000000, 100000000000000",
        "epoch-auto, 1709294400123456789, 1709294400123456",
        "epoch-auto, 1.7092944E9, 1709294400000000",
        "epoch-auto, 1.7092944E+12, 1709294400000000",
        "epoch-auto, 17092944E11, 1709294400000000",
        "epoch-auto, 0.0000000017092944E18, 1709294400000000",
        "epoch-auto, 0000000001709294400000, 1709294400000000",
        "epoch-auto, 0e20, 0",
        "epoch-auto, 1e-30, 0",
        "epoch-auto, 1e99, 9223372036854775807",
    })
    void readsEpochNumbersTruncatedDownward(String name, String text, long micros) {
        assertThat(format(name, "UTC").ofText(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "-", ".", "1.", ".5", "1e", "1e+", "0x10", "1d", "1 2", "NaN", "Infinity", "1_000"})
    void refusesWhatIsNoNumber(String text) {
        assertThat(format("epoch-millis", "UTC").ofText(text)).isEqualTo(Micros.NONE);
    }

    /** The size of the number chooses the unit, whether it comes as a number or in a text. */
    @Property(tries = 2000)
    void choosesTheUnitBySize(@ForAll long number, @ForAll @IntRange(min = 0, max = 62) int shift) {
        long any = number >> shift;
        BigDecimal size = BigDecimal.valueOf(any).abs();
        int power = size.compareTo(new BigDecimal("1e11")) < 0
                ? 6
                : size.compareTo(new BigDecimal("1e14")) < 0 ? 3 : size.compareTo(new BigDecimal("1e17")) < 0 ? 0 : -3;
        long expected = BigDecimal.valueOf(any)
                .movePointRight(power)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
        TimeFormat auto = format("epoch-auto", "UTC");
        assertThat(auto.ofInteger(any)).isEqualTo(expected);
        assertThat(auto.ofText(String.valueOf(any))).isEqualTo(expected);
        assertThat(format("epoch-nanos", "UTC").ofInteger(any)).isEqualTo(Math.floorDiv(any, 1000L));
    }

    @Property(tries = 2000)
    void equalsExactArithmetic(
            @ForAll @BigRange(min = "-9e12", max = "9e12") @Scale(9) BigDecimal seconds,
            @ForAll @IntRange(min = -5, max = 5) int exponent) {
        long expected = seconds.movePointRight(exponent + 6)
                .setScale(0, RoundingMode.FLOOR)
                .min(BigDecimal.valueOf(Micros.LATEST))
                .max(BigDecimal.valueOf(Micros.EARLIEST))
                .longValueExact();
        assertThat(format("epoch-seconds", "UTC").ofText(seconds.toPlainString() + "e" + exponent))
                .isEqualTo(expected);
    }

    private static TimeFormat format(String name, String zone) {
        return TimeFormat.of(name, ZoneId.of(zone), Overlap.EARLIER);
    }
}

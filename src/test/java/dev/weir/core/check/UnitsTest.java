package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.UnitCodes;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "Cel, K, 20, 293.15",
        "K, Cel, 0, -273.15",
        "[degF], Cel, 212, 100",
        "Cel, [degF], -40, -40",
        "[degF], K, -459.67, 0",
        "K, [degF], 0, -459.67",
        "hPa, Pa, 1013.25, 101325",
        "Pa, hPa, 1, 0.01",
        "mbar, hPa, 7, 7",
        "bar, kPa, 1.1, 110",
        "mm[Hg], Pa, 1, 133.322",
        "mm[Hg], hPa, 760, 1013.2472",
        "%, 1, 55, 0.55",
        "1, %, 0.07, 7",
        "[ppm], [ppb], 0.3, 300",
        "[ppm], %, 400, 0.04",
        "mV, V, 2700, 2.7",
        "A, mA, 0.02, 20",
        "kW, W, 1.5, 1500",
        "m/s, km/h, 10, 36",
        "km/h, m/s, 36, 10",
        "mm, m, 1, 0.001",
        "cm, mm, 1, 10",
        "mg/m3, ug/m3, 0.5, 500",
        "lx, lx, 3, 3"
    })
    void convertsExactly(String from, String to, double value, double expected) {
        assertThat(Units.conversion(from, to).apply(value)).isEqualTo(expected);
    }

    @Test
    void leavesAValueInItsOwnUnitAsItIs() {
        for (String unit : UnitCodes.COMMON) {
            assertThat(Units.conversion(unit, unit).apply(0.1)).isEqualTo(0.1);
        }
    }

    @Test
    void knowsNoConversionBetweenDimensionsOrOfUnknownUnits() {
        assertThat(Units.conversion("Cel", "hPa")).isNull();
        assertThat(Units.conversion("mg/m3", "[ppm]")).isNull();
        assertThat(Units.conversion("furlong", "m")).isNull();
        assertThat(Units.conversion("m", "furlong")).isNull();
        assertThat(Units.conversion("m", null)).isNull();
        assertThat(Units.conversion("furlong", null)).isNull(); // a metric without a unit, an event with an unknown one
        assertThat(Units.isKnown("furlong")).isFalse();
        assertThat(UnitCodes.COMMON).hasSize(27).contains("mm[Hg]", "%", "1", "[degF]", "ug/m3");
    }

    /** Expected values by hand from UCUM's definitions; an hour is 3600 s, a US gallon 231 cubic inches of 2.54 cm. */
    @ParameterizedTest
    @CsvSource({
        "kW.h, J, 1, 3600000",
        "MW.h, kW.h, 1.5, 1500",
        "m3/h, l/min, 6, 100",
        "L/min, l/min, 3, 3",
        "[gal_us]/min, l/min, 1, 3.785411784",
        "[psi], kPa, 1, 6.894757293168361",
        "[in_i'Hg], hPa, 30, 1015.91364",
        "uS/cm, S/m, 5, 0.0005",
        "dB, B, 25, 2.5",
        "kHz, /s, 2, 2000",
        "/min, Hz, 60, 1",
        "[kn_i], m/s, 1, 0.5144444444444445",
        "[mi_i]/h, km/h, 1, 1.609344",
        "mg/l, g/m3, 7, 7",
        "mmol/l, umol/dl, 1, 100",
        "umol/s.m2, umol.m2/s, 3, 3",
        "umol/(s.m2), mmol/s/m2, 1000, 1",
        "10*3/ul, 10*9/l, 4, 4",
        "deg, rad, 180, 3.141592653589793",
        "g{dry}/m3, mg{dry}/m3, 1, 1000",
        "KiBy, By, 2, 2048",
        "cm[H2O], Pa, 1, 98.0665",
        "Bq/m3, mBq/l, 3, 3",
    })
    void convertsWhateverUcumCanSay(String from, String to, double value, double expected) {
        assertThat(Units.conversion(from, to).apply(value)).isCloseTo(expected, Percentage.withPercentage(3e-14));
    }

    @ParameterizedTest
    @CsvSource({
        "mol, 1", // an amount of substance is no number
        "Sv, Gy",
        "Bq, Hz",
        "bit, 1",
        "[pH], 1",
        "dB, 1",
        "g{dry}, g",
        "{NTU}, 1",
        "{a}, {b}",
        "Cel, K2",
        "mg/m3, [ppb]",
        "5, 1",
        "J/kg.K, J/(kg.K)",
    })
    void keepsApartWhatOnlyLooksConvertible(String from, String to) {
        assertThat(Units.conversion(from, to)).isNull();
    }

    /** What conversions between the first 27 codes were before there was a reader of codes; their results must not change by a bit. */
    @Test
    void convertsTheFirstCodesAsEver() {
        String[][] dimensions = {
            {"Pa 1", "hPa 100", "kPa 1000", "bar 100000", "mbar 100", "mm[Hg] 133.322"},
            {"1 1", "% 0.01", "[ppm] 0.000001", "[ppb] 0.000000001"},
            {"V 1", "mV 0.001"},
            {"A 1", "mA 0.001"},
            {"W 1", "kW 1000"},
            {"km/h 1", "m/s 3.6"},
            {"m 1", "cm 0.01", "mm 0.001"},
            {"lx 1"},
            {"mg/m3 1", "ug/m3 0.001"},
        };
        for (String[] dimension : dimensions) {
            for (String from : dimension) {
                for (String to : dimension) {
                    BigDecimal factor = new BigDecimal(from.split(" ", 2)[1]);
                    BigDecimal divisor = new BigDecimal(to.split(" ", 2)[1]);
                    int scale = Math.max(factor.scale(), divisor.scale());
                    BigInteger numerator = factor.setScale(scale).unscaledValue();
                    BigInteger denominator = divisor.setScale(scale).unscaledValue();
                    BigInteger common = numerator.gcd(denominator);
                    Conversion then = new Conversion(
                            0,
                            numerator.divide(common).doubleValue(),
                            denominator.divide(common).doubleValue(),
                            0);
                    Conversion now = Units.conversion(from.split(" ", 2)[0], to.split(" ", 2)[0]);
                    for (double value : new double[] {0.1, 1013.25, 7e-9, 123456789.123, 1e300, -3}) {
                        assertThat(now.apply(value)).isEqualTo(then.apply(value));
                    }
                }
            }
        }
    }
}

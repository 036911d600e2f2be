package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

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
        for (String unit : Units.known()) {
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
        assertThat(Units.known()).hasSize(27).contains("mm[Hg]", "%", "1", "[degF]", "ug/m3");
    }
}

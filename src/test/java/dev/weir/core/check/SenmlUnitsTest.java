package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenmlUnitsTest {

    @ParameterizedTest
    @CsvSource({
        "/, %, 0.5, 50",
        "count, 1, 5, 5",
        "beat/min, /min, 70, 70",
        "beats, 1, 3, 3",
        "%EL, %, 80, 80",
        "EL, h, 7200, 2",
        "lat, deg, 52.5, 52.5",
        "lon, deg, -13.4, -13.4",
        "VAs, V.A.s, 2, 2",
        "kVAh, V.A.h, 2, 2000",
        "B, By, 8, 8",
        "B, bit, 1, 8",
        "B/s, By/s, 8, 8",
        "KiB, By, 2, 2048",
        "MB/s, kBy/s, 2, 2000",
        "GB, MBy, 2, 2000",
    })
    void convert(String name, String target, double sent, double value) {
        assertThat(new SentUnits(true).conversion(name, target).apply(sent)).isEqualTo(value);
        assertThat(new SentUnits(false).conversion(name, target))
                .as("elsewhere it is no unit")
                .isNull();
    }

    /** Those that need no entry, of both RFCs. */
    @ParameterizedTest
    @CsvSource({
        "%RH, %",
        "Cel, K",
        "m/s2, m/s2",
        "1/s, Hz",
        "1/min, /min",
        "C, A.s",
        "Wh, J",
        "kWh, J",
        "Ah, C",
        "VA, W",
        "ug/m3, g/m3",
        "mm/h, m/s",
        "W/m2, W/m2",
        "l/s, m3/s",
        "ppm, %",
        "hPa, Pa",
        "Mbit/s, bit/s",
        "min, s",
        "kg/m3, g/l",
        "Wh/km, J/m",
        "m/h, m/s",
        "/100, %",
        "/1000, %"
    })
    void areKnownAnyway(String name, String target) {
        assertThat(new SentUnits(false).conversion(name, target)).isNotNull();
    }
}

package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicrosTest {

    /** 2^63 - 1 is 9223372036854775807. */
    @ParameterizedTest
    @CsvSource({
        "0, 1000000, 0",
        "9223372036854, 1000000, 9223372036854000000",
        "9223372036855, 1000000, 9223372036854775807",
        "-9223372036854, 1000000, -9223372036854000000",
        "-9223372036855, 1000000, -9223372036854775807",
        "9223372036854775807, 1, 9223372036854775807",
        "-9223372036854775807, 1, -9223372036854775807",
        "-9223372036854775808, 1, -9223372036854775807",
        "-9223372036854775808, 1000, -9223372036854775807",
    })
    void aProductBeyondTheEndsIsTheEnd(long units, long microsPerUnit, long micros) {
        assertThat(Micros.of(units, microsPerUnit)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 3",
        "9223372036854775807, 0, 9223372036854775807",
        "9223372036854775806, 1, 9223372036854775807",
        "9223372036854775807, 1, 9223372036854775807",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "-9223372036854775807, -1, -9223372036854775807",
        "-9223372036854775807, -2, -9223372036854775807",
        "-9223372036854775807, 1, -9223372036854775806",
        "-9223372036854775807, 9223372036854775807, 0",
        "0, -5, -5",
    })
    void aSumBeyondTheEndsIsTheEnd(long a, long b, long sum) {
        assertThat(Micros.plus(a, b)).isEqualTo(sum);
        assertThat(Micros.plus(b, a)).isEqualTo(sum);
    }
}

package dev.weir.core.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedRejectsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, 0.000001 s",
        "500000, 0.5 s",
        "59000000, 59 s",
        "60000000, 1 min",
        "3540000000, 59 min",
        "3600000000, 1 h",
        "90061000000, 1 d 1 h 1 min 1 s",
        "86400000001, 1 d 0.000001 s",
    })
    void writesASpanAsAPersonSaysIt(long micros, String expected) {
        assertThat(KeyedRejects.span(micros)).isEqualTo(expected);
    }
}

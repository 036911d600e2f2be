package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in texts whose decimal separator is no point, or whose digits are grouped. */
class SeparatorsTest {
    private final Decimals german = new Decimals(',', '.');

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,5 | 1234.5",
                "-12.345.678,25 | -12345678.25",
                "+1.234 | 1234",
                "12,5 | 12.5",
                ",5 | 0.5",
                "1234567,5 | 1234567.5",
                "12.34.567 | 1234567",
                "1,5e-3 | 0.0015",
                "1.000e2 | 100000",
                "NaN | NaN",
                "-Infinity | -Infinity",
                " 1.234 | 1234",
            })
    void readsTheNumber(String text, double number) {
        assertThat(german.parse(text)).isTrue();
        assertThat(german.value()).isEqualTo(Double.valueOf(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ",",
                "1,",
                "1.5",
                "1.23",
                "1.2345",
                "1234.567",
                ".234",
                "1.234.",
                "1..234",
                "1.2.345",
                "1,234.5",
                "1,234,5",
                "1,2e1.0",
                "1.234,5.6",
                "-.234",
                "1.234.56",
                "a",
                "1.234a",
                "1 234"
            })
    void refusesOtherTexts(String text) {
        assertThat(german.parse(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"' ', 1 234", "'\u00A0', 1\u00A0234", "'''', 1'234", "'_', 1_234", "',', '1,234'"})
    void groupsMayBeSeparatedByAnything(char grouping, String text) {
        Decimals decimals = new Decimals('.', grouping);
        assertThat(decimals.parse(text + ".5")).isTrue();
        assertThat(decimals.value()).isEqualTo(1234.5);
        assertThat(decimals.parse("1234.5")).isTrue();
        assertThat(decimals.value()).isEqualTo(1234.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.234", "1,2,3"})
    void withoutGroupingAPointIsNothing(String text) {
        assertThat(new Decimals(',', Texts.NO_GROUPING).parse(text)).isFalse();
    }
}

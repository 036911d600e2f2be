package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    private final Decimals decimals = new Decimals();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+1",
                "007",
                "21.5",
                "-9999.0",
                "0.1",
                "1e22",
                "1e23",
                "9007199254740993",
                "1.7976931348623157e308",
                "4.9e-324",
                "1e-400",
                "1e400",
                "-1e99999999999",
                "123456789012345678901234567890",
                " 1\t",
                "\u20031\u3000",
                "0.000000000000000000001",
                ".5",
                "-.5e3",
                "+.05"
            })
    void isTheNearestDouble(String text) {
        assertThat(decimals.parse(text)).isTrue();
        assertThat(decimals.value()).isEqualTo(Double.parseDouble(text.strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "NaN", "inf", "-Inf", "+Infinity", "INFINITY"})
    void takesNamesOfWhatIsNotFinite(String text) {
        assertThat(decimals.parse(text)).isTrue();
        assertThat(decimals.value()).isNotEqualTo(0).matches(value -> !Double.isFinite(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                ".",
                "-.",
                ".e5",
                "5.",
                "\u0131nf",
                "\u0130nf",
                "inf\u0131nity",
                "1d",
                "1f",
                "0x1p3",
                "1e",
                "1e+",
                "1 2",
                "--1",
                "1,5",
                "abc",
                "infinite",
                "\u0661",
                "\u00001",
                "1\u00a0"
            })
    void refusesEverythingElse(String text) {
        assertThat(decimals.parse(text)).isFalse();
    }

    @Property(tries = 5000)
    void equalsJavaForWhateverADoublePrints(@ForAll double value) {
        assertThat(decimals.parse(Double.toString(value))).isTrue();
        assertThat(decimals.value()).isEqualTo(value);
    }

    @Property(tries = 5000)
    void equalsJavaForAnyDigits(@ForAll long digits, @ForAll @IntRange(min = -40, max = 40) int exponent) {
        String text = digits + "." + (digits >>> 40) + "e" + exponent;
        assertThat(decimals.parse(text)).isTrue();
        assertThat(decimals.value()).isEqualTo(Double.parseDouble(text));
    }
}

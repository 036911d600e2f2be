package dev.weir.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
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
    @ValueSource(ints = {64, 65, 4_096, 4_097, 100_000})
    void takesLongTextsAndForgetsThem(int length) {
        String text = "1.5" + "0".repeat(length - 3);
        assertThat(decimals.parse(text)).isTrue();
        assertThat(decimals.value()).isEqualTo(1.5);
        assertThat(decimals.parse("25")).isTrue();
        assertThat(decimals.value()).isEqualTo(25);
    }

    @Test
    void readsWithinOtherCharacters() {
        char[] chars = "x-12.5e1y".toCharArray();
        assertThat(decimals.parse(chars, 1, 7)).isTrue();
        assertThat(decimals.value()).isEqualTo(-125);
        assertThat(decimals.parse(chars, 2, 2)).isTrue();
        assertThat(decimals.value()).isEqualTo(12);
        assertThat(decimals.parse(chars, 1, 8)).isFalse();
        assertThat(decimals.parse(chars, 1, 6)).as("no exponent").isFalse();
    }

    @Test
    void tellsTheInfinitiesApart() {
        assertThat(decimals.parse("-inf")).isTrue();
        assertThat(decimals.value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(decimals.parse("Infinity")).isTrue();
        assertThat(decimals.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(decimals.parse("-nan")).isTrue();
        assertThat(decimals.value()).isNaN();
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

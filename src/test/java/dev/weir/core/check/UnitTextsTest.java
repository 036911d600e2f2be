package dev.weir.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.UnitCodes;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a text becomes a unit: what is no code, how far a code is read, and which spellings are known. */
class UnitTextsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ".",
                "m.",
                "m//s",
                "m/",
                "(m",
                "m)",
                "()",
                "m{",
                "m}",
                "{}",
                "m 2",
                "m2-",
                "m+",
                "-1",
                "0",
                "5",
                "m/0",
                "0.m",
                "5*3",
                "*3",
                "(",
                "m.(",
                "m0",
                "m99",
                "m100",
                "%90796",
                "km18.km18.km18.km18.km18.km18",
                "m18.m18.m18.m18.m18.m18",
                "((((((km18)18)18)18)18)18)18",
                "((((((([pi]18)18)18)18)18)18)18)18",
                "m.((((((m18)18)18)18)18)18)18",
                "((((((10*18)18)18)18)18)18)18",
                "kkm",
                "k",
                "min2min",
                "((((((((((m))))))))))",
                "[",
                "]",
                "[degC]",
                "m[",
                "°C",
                "xyz",
                "1.",
                "m3/h/",
                "mmin"
            })
    @Timeout(20)
    void refusesWhatIsNoCode(String text) {
        assertThat(Units.isKnown(text)).isFalse();
        assertThat(new SentUnits(false).conversion(text, "m")).isNull();
    }

    /** An exponent of 18, a power of 99, eight pairs of parentheses, 64 characters, and 10^972, which has 3,229 bits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m18 | m19",
                "m-18 | m-19",
                "10*18 | 10*19",
                "m18.m18.m18.m18.m18.m9 | m18.m18.m18.m18.m18.m10",
                "/m18/m18/m18/m18/m18/m9 | /m18/m18/m18/m18/m18/m10",
                "((((((((m)))))))) | (((((((((m)))))))))",
                "(m).((((((((m)))))))) | (m).(((((((((m)))))))))",
                "{a23456789b123456789c123456789d123456789e123456789f123456789g12} |"
                        + " {a23456789b123456789c123456789d123456789e123456789f123456789g123}",
                "(10*18)18.(10*18)18.(10*18)18 | (10*18)18.(10*18)18.(10*18)18.(10*18)18",
                "/(10*18)18/(10*18)18/(10*18)18 | /(10*18)18/(10*18)18/(10*18)18/(10*18)18",
            })
    void readsACodeUpToItsBounds(String within, String beyond) {
        assertThat(Units.isKnown(within)).isTrue();
        assertThat(Units.isKnown(beyond)).isFalse();
    }

    @Property(tries = 20_000)
    void readsAnyTextWithoutThrowing(@ForAll("codes") String text) {
        Units.conversion(text, text + "2");
        SentUnits units = new SentUnits(false);
        units.conversion(text, "m");
        assertThat(units.conversion(text, text)).isNotNull();
        assertThat(UnitCodes.of(UnitCodes.of(text))).isEqualTo(UnitCodes.of(text));
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of(
                        "m",
                        "s",
                        "k",
                        "Pa",
                        "[",
                        "]",
                        "{",
                        "}",
                        "(",
                        ")",
                        ".",
                        "/",
                        "2",
                        "-",
                        "+",
                        "10*",
                        "^",
                        "°C",
                        "µ",
                        "³",
                        "Cel",
                        "%",
                        " ",
                        "kWh",
                        "9",
                        "\u00A0",
                        "pH",
                        "((((km18)18)",
                        ")18)18",
                        ")-18")
                .list()
                .ofMaxSize(9)
                .map(list -> String.join("", list));
    }

    @ParameterizedTest
    @CsvSource({"{\u00b5}, {\u00b5}", "m\u00b9\u2070, m10", "m.rpm, m.(/min)", "rpm, /min", "Wh.m, W.h.m"})
    void readsSpellingsAsCodes(String text, String code) {
        assertThat(UnitCodes.of(text)).isEqualTo(code);
    }

    /** A spelling that UCUM reads as another unit would change what a catalog of UCUM codes means. */
    @Test
    void changesTheMeaningOfThreeCodesOnly() {
        Set<String> changed = new TreeSet<>();
        for (String prefix : "Y Z E P T G M k h da d c m u n p f a z y -".split(" ", -1)) {
            for (String unit :
                    "m s g K C B H t h l L A V W F N J T S Hz Pa min in ft pH mol lm lx kat St Wb".split(" ", -1)) {
                String code = prefix.replace("-", "") + unit;
                boolean another = Units.isKnown(code) && !UnitCodes.of(code).equals(code);
                if (another) {
                    changed.add(code);
                }
            }
        }
        assertThat(changed).containsExactly("PH", "ft", "pH");
    }

    @Test
    void remembersABoundedNumberOfSpellings() {
        SentUnits units = new SentUnits(false);
        for (int i = 0; i < 5_000; i++) {
            assertThat(units.remembered("m")).isEqualTo(i == 0 ? 0 : (i - 1) % 1_000 + 1);
            assertThat(units.conversion("unit" + i, "m")).isNull();
        }
        assertThat(units.remembered("m")).isLessThanOrEqualTo(1_000);
        assertThat(units.conversion("cm", "m").apply(250)).isEqualTo(2.5);
    }
}

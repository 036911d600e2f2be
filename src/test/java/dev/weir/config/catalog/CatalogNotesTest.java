package dev.weir.config.catalog;

import static dev.weir.config.catalog.CatalogReaderTest.WIDE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Catalog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link CatalogReader} takes and remarks on: units as people write them, and formats of times that are odd. */
class CatalogNotesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "°C    | Cel",
                "°F    | [degF]",
                "degC  | Cel",
                "µg/m³ | ug/m3", // U+00B5
                "μg/m³ | ug/m3", // U+03BC
                "m³/h  | m3/h",
                "m^3/h | m3/h",
                "mmHg  | mm[Hg]",
                "ppm   | [ppm]",
                "kWh   | kW.h",
                "VA    | V.A",
                "pH    | [pH]",
                "kWh/m²| kW.h/m2",
                "l/kWh | l/(kW.h)",
                "W/(m².K) | W/(m2.K)",
                "%RH   | %",
                "rpm   | /min",
            })
    void takesCommonSpellingsOfUnitsAndSaysWhatTheyBecame(String written, String code) {
        Problems problems = new Problems();
        String text = WIDE.replace("humidity: {optional", "humidity: {unit: \"" + written + "\", optional");
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(catalog.metrics().get("humidity").unit()).isEqualTo(code);
        assertThat(problems.notes()).containsExactly("c.yaml:13: metrics.humidity.unit \"" + written + "\" is " + code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hz", "dB", "l/min", "kW.h", "mol/l", "[pH]", "uS/cm", "m/s2", "By/s", "W/m2", "{NTU}"})
    void takesAnyUnitOfUcum(String code) {
        Problems problems = new Problems();
        String text = WIDE.replace("humidity: {optional", "humidity: {unit: \"" + code + "\", optional");
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.notes()).isEmpty();
        assertThat(catalog.metrics().get("humidity").unit()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[dd.MM.yyyy, MM/dd/yyyy]       | is ambiguous: \"dd.MM.yyyy\" has the day first, \"MM/dd/yyyy\" the month. A sender",
                "[MM/dd/yyyy, dd/MM/yyyy]       | is ambiguous: \"dd/MM/yyyy\" has the day first, \"MM/dd/yyyy\" the"
                        + " month, in the same form. "
                        + "Every date up to the 12th is read by \"MM/dd/yyyy\"",
                "yyyy-mm-dd HH:MM               | has \"yyyy-mm-dd HH:MM\", with a month (M) behind the hour",
                "[epoch-millis, yyyyMMddHHmmss] | lists \"yyyyMMddHHmmss\" after epoch-millis",
            })
    void namesListsOfFormatsThatAreOdd(String list, String note) {
        Problems problems = new Problems();
        String text = WIDE.replace("\"yyyy M d H\"", list);
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.notes())
                .singleElement()
                .asString()
                .startsWith("c.yaml:6: input.fields.event-time.format " + note);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[dd.MM.yyyy, yyyy-MM-dd]",
                "[MM/dd/yyyy, yyyy/MM/dd]",
                "[dd MMM yyyy, MM/dd/yyyy]",
                "[iso-8601, epoch-millis]",
                "HH:mm dd.MM.yyyy",
                "yyyyMMddHHmmss"
            })
    void saysNothingOfListsThatAreClear(String list) {
        Problems problems = new Problems();
        String text = WIDE.replace("\"yyyy M d H\"", list);
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void takesAUnitThatUcumDoesNotHaveAndSaysThatNothingConvertsIntoIt() {
        Problems problems = new Problems();
        String text = WIDE.replace("humidity: {optional", "humidity: {unit: NTU, optional");
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        assertThat(catalog.metrics().get("humidity").unit()).isEqualTo("NTU");
        assertThat(problems.notes())
                .singleElement()
                .asString()
                .startsWith("c.yaml:13: metrics.humidity.unit \"NTU\" is no UCUM code");
    }
}

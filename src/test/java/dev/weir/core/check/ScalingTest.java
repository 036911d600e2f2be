package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.TestInput;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Scaling;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what is sent becomes a number: {@code values}, {@code scale} and {@code offset}, and separators in texts. */
class ScalingTest {
    private static final Map<String, Double> SWITCH =
            Map.of("ON", 1.0, "OFF", 0.0, "true", 1.0, "false", 0.0, "7", 70.0);

    private final Intake json = intake(
            new TestInput().unit("unit").build(),
            metric("raw", "Cel", "0.1", "-40", Map.of()),
            metric("plain", "Cel", "1", "0", Map.of()),
            metric("count", null, "1e300", "0", Map.of()),
            metric("contact", null, "1", "0", SWITCH),
            metric("level", "%", "50", "0", Map.of("low", 1.0, "fault", -9999.0)));
    private final Intake lenient = intake(
            new TestInput().texts(true, ',', '.').unit("unit").build(),
            metric("raw", "Cel", "0.1", "-40", Map.of()),
            metric("contact", null, "1", "0", SWITCH));

    private static Metric metric(String name, String unit, String scale, String offset, Map<String, Double> values) {
        return new Metric(
                name,
                unit,
                new Metric.Limits(-100, 300, null, null, List.of(-9999.0, 3.0)),
                Map.of(),
                null,
                false,
                new Scaling(values, new BigDecimal(scale), new BigDecimal(offset)));
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 215, -18.5",
        "raw, 650, 25",
        "raw, 403, 0.3",
        "raw, -0, -40",
        "raw, 400, 0",
        "plain, 21.299999237060547, 21.299999237060547",
        "contact, '\"ON\"', 1",
        "contact, '\"OFF\"', 0",
        "contact, true, 1",
        "contact, false, 0",
        "contact, 0.5, 0.5",
        "contact, '\"7\"', 70",
        "contact, 7, 7",
        "level, '\"low\"', 50",
        "level, 2, 100",
    })
    void becomesANumber(String metric, String value, double expected) {
        assertThat(judge(json, metric, value)).isEqualTo(String.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contact | \"on\"  | WRONG_TYPE value \"value\" is \"on\", a text and not a number",
                "contact | \"5\"   | WRONG_TYPE value \"value\" is \"5\", a text and not a number",
                "contact | \"NA\"  | MISSING_FIELD value \"value\"",
                "contact | null    | MISSING_FIELD value \"value\"",
                "contact | {}      | WRONG_TYPE value \"value\" is not a number",
                "raw     | true    | WRONG_TYPE value \"value\" is not a number",
                "plain   | false   | WRONG_TYPE value \"value\" is not a number",
                "other   | true    | WRONG_TYPE value \"value\" is not a number",
                "raw     | 3       | OUT_OF_RANGE sentinel",
                "raw     | -9999   | OUT_OF_RANGE sentinel",
                "level   | \"fault\" | OUT_OF_RANGE sentinel",
                "raw     | 3401    | OUT_OF_RANGE 300.1 is outside -100.0 to 300.0",
                "count   | 1e200   | NON_FINITE 1.0E200 overflows",
            })
    void isRejected(String metric, String value, String verdict) {
        assertThat(judge(json, metric, value)).isEqualTo(verdict);
    }

    @Test
    void theLimitsAndTheUnitConversionSeeTheScaledNumber() {
        // 3 is a sentinel as sent, but not as a result: 430 * 0.1 - 40.
        assertThat(judge(json, "raw", "430")).isEqualTo("3.0");
        // 721.8 * 0.1 - 40 = 32.18 degrees Fahrenheit.
        assertThat(judge(json, "raw", "721.8,\"unit\":\"[degF]\"")).isEqualTo("0.1");
        assertThat(judge(json, "level", "2,\"unit\":\"1\""))
                .isEqualTo("OUT_OF_RANGE 10000.0 is outside -100.0 to 300.0");
        assertThat(judge(json, "count", "1e200,\"unit\":\"m\"")).startsWith("UNIT_MISMATCH");
        assertThat(judge(json, "raw", "1e308")).startsWith("OUT_OF_RANGE");
        assertThat(judge(
                        intake(new TestInput().unit("unit").build(), metric("big", "Cel", "1e300", "0", Map.of())),
                        "big",
                        "1e200,\"unit\":\"K\""))
                .isEqualTo("NON_FINITE 1.0E200 overflows in Cel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "raw     | 1.234,5    | 83.45",
                "raw     | 1.000      | 60.0",
                "raw     | 650,0      | 25.0",
                "raw     | 650        | 25.0",
                "raw     | 721,8 °F   | 0.1",
                "raw     | 1.721,8°C  | 132.18",
                "raw     | 6,5e2      | 25.0",
                "raw     | 65.0       | WRONG_TYPE value \"value\" is \"65.0\", which is not a number",
                "raw     | 65.00 °C   | WRONG_TYPE value \"value\" is \"65.00 °C\", which is not a number",
                "contact | ON         | 1.0",
                "contact | 0,5        | 0.5",
                "contact | on         | WRONG_TYPE value \"value\" is \"on\", which is not a number",
            })
    void aTextMayHaveSeparators(String metric, String text, String verdict) {
        assertThat(judge(lenient, metric, '"' + text + '"')).isEqualTo(verdict);
    }

    @Test
    void separatorsConcernTextsOnly() {
        assertThat(judge(lenient, "raw", "650.5")).isEqualTo("25.05");
    }

    private static String judge(Intake intake, String metric, String value) {
        Intake.Result result = intake.process(event("{\"sensor\":\"s\",\"metric\":\"" + metric + "\",\"time\":"
                + NOW.toEpochMilli() + ",\"value\":" + value + "}"));
        assertThat(result.slots()).isEqualTo(1);
        return result.readings().isEmpty()
                ? result.rejects().get(0).reason() + " "
                        + result.rejects().get(0).detail()
                : String.valueOf(result.readings().get(0).value());
    }
}

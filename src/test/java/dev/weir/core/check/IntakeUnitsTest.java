package dev.weir.core.check;

import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.metric;
import static dev.weir.core.check.Fixture.reading;
import static dev.weir.core.check.Fixture.time;
import static dev.weir.core.check.LongEvents.NOW_MILLIS;
import static dev.weir.core.check.LongEvents.TEMP;
import static dev.weir.core.check.LongEvents.withUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units that events name, in a field or behind the value. */
class IntakeUnitsTest {
    private final LongEvents events = new LongEvents();

    @Test
    void givesTheReadingTheCatalogsUnitWhenTheEventNamesNone() {
        assertThat(events.good(reading("1")).unit()).isEqualTo("Cel");
        assertThat(events.good(withUnit("\"NA\"")).unit()).isEqualTo("Cel");
        assertThat(events.good(withUnit("null")).unit()).isEqualTo("Cel");
    }

    @Test
    void convertsTheValueIntoTheCatalogsUnit() {
        Reading reading = events.good(withUnit("\"[degF]\""));
        assertThat(reading.value()).isEqualTo(-10.0); // (14 - 32) * 5 / 9
        assertThat(reading.unit()).isEqualTo("Cel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30.11 °C      | 30.11",
                "30.11°C       | 30.11",
                "30.11 Cel     | 30.11",
                "30.11\u00A0degC | 30.11",
                "-.5e1 °C      | -5",
                "50 °F         | 10",
                "283.15 K      | 10",
                "3 hPa         | WRONG_TYPE",
                "30,11 °C      | WRONG_TYPE",
                "1d            | WRONG_TYPE",
                "5. °C         | WRONG_TYPE",
                "nan °C        | WRONG_TYPE",
                "°C            | WRONG_TYPE",
                "1 2           | WRONG_TYPE",
                "126 °C        | OUT_OF_RANGE",
            })
    void takesANumberThatNamesItsUnit(String text, String expected) {
        Intake csv = intake(longCsv(';'), TEMP);
        Intake lenient = intake(longJson(time("epoch-millis"), true), TEMP);
        for (Intake.Result result : List.of(
                csv.process(event("a;" + NOW_MILLIS + ";temp;" + text)),
                lenient.process(event(reading('"' + text + '"'))))) {
            String verdict = result.rejects().isEmpty()
                    ? String.valueOf(result.readings().get(0).value())
                    : result.rejects().get(0).reason().toString();
            assertThat(verdict.replaceAll("\\.0$", "")).isEqualTo(expected);
        }
        assertThat(events.fault(reading('"' + text + '"')).reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    /** UCUM can read each of those that are no quantities as a unit of the metric's dimension, but the sender meant none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%        | 50 %               | 50",
                "%        | 0.35 m³/m³         | 35",
                "%        | 400 ppm            | 0.04",
                "%        | 12/05/2026         | WRONG_TYPE",
                "%        | 85/100             | WRONG_TYPE",
                "%        | 1/2                | WRONG_TYPE",
                "1        | 1/2                | WRONG_TYPE",
                "1        | 1⁄2           | WRONG_TYPE",
                "1        | 2²                 | WRONG_TYPE",
                "%        | 49.718118629%90796 | WRONG_TYPE",
                "%        | 50%2               | WRONG_TYPE",
                "%        | 50%-1              | WRONG_TYPE",
                "%        | 50[ppm]2           | WRONG_TYPE",
                "%        | 50 %/100           | WRONG_TYPE",
                "Cel      | 20.5 °C1           | WRONG_TYPE",
                "V        | 20.5 V+1           | WRONG_TYPE",
                "mol/s    | 7 s-1.mol          | 7",
                "%        | 50 %.10*           | WRONG_TYPE",
                "%        | 50 %.10*2          | WRONG_TYPE",
                "%        | 50 %/(2)           | WRONG_TYPE",
                "%        | 50 m/m.((((((km18)18)18)18)18)18)18 | WRONG_TYPE",
                "m3/h     | 60 l/min           | 3.6",
                "/min     | 30 rpm             | 30",
                "/min     | 0.5 Hz             | 30",
                "/min     | 30 /min            | WRONG_TYPE",
                "n/10min  | 5 n/10min          | 5",
                "{NTU}    | 5 NTU              | 5",
                "{a/2}    | 5 {a/2}            | 5",
                "{n/10min} | 5 n/10min         | 5",
            })
    @Timeout(20)
    void takesNamesOfUnitsBehindANumberAndNothingElse(String unit, String text, String expected) {
        Intake csv = intake(longCsv(';'), metric("temp", unit, -1e9, 1e9));
        Intake.Result result = csv.process(event("a;" + NOW_MILLIS + ";temp;" + text));
        String verdict = result.rejects().isEmpty()
                ? String.valueOf(result.readings().get(0).value())
                : result.rejects().get(0).reason().toString();
        assertThat(verdict.replaceAll("\\.0$", "")).isEqualTo(expected);
    }

    /** After a good reading, whose number must not come again. */
    @Test
    void takesNoTextForANumberWhereNoUnitIsExpected() {
        Intake csv = intake(longCsv(';'), true, TEMP, metric("plain", null, -1e9, 1e9));
        for (String reading : List.of("plain;5 apples", "unknown;5 Cel", "temp;5" + " ".repeat(126) + "Cel")) {
            assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp;20")).readings())
                    .hasSize(1);
            assertThat(csv.process(event("a;" + NOW_MILLIS + ";" + reading))
                            .rejects()
                            .get(0)
                            .reason())
                    .isEqualTo(Reason.WRONG_TYPE);
        }
    }

    @Test
    void rejectsAValueThatOverflowsInTheCatalogsUnit() {
        Intake length = intake(longJson(), metric("temp", "mm", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        assertThat(length.process(event(json("\"s\"", "\"temp\"", NOW_MILLIS, "1e308", ",\"unit\":\"km\"")))
                        .rejects())
                .containsExactly(new Reject(Reason.NON_FINITE, "1.0E308 overflows in mm", "temp"));
    }

    @Test
    void doesNotBelieveAReadingThatNamesTwoUnits() {
        Intake csv = intake(longCsv(';'), TEMP);
        String row = "a;" + NOW_MILLIS + ";temp;30 °C;";
        assertThat(csv.process(event(row + "degC")).readings().get(0).value()).isEqualTo(30);
        assertThat(csv.process(event(row + "K")).rejects())
                .containsExactly(
                        new Reject(Reason.UNIT_MISMATCH, "the value is in \"°C\", the unit field says \"K\"", "temp"));
        // and the next reading has no unit in its text
        assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp;283.15;K"))
                        .readings()
                        .get(0)
                        .value())
                .isEqualTo(10.0, offset(1e-12));
    }

    @Test
    void letsAUnitPassThatCannotBeConverted() {
        Intake odd = intake(longJson(), metric("temp", "NTU", 0, 100), metric("loud", "{dBZ}", 0, 100));
        assertThat(odd.process(event(withUnit("\"NTU\""))).readings().get(0).value())
                .isEqualTo(14);
        assertThat(odd.process(event(withUnit("\"FNU\""))).rejects().get(0).reason())
                .isEqualTo(Reason.UNIT_MISMATCH);
        assertThat(odd.process(event(json("\"s\"", "\"loud\"", NOW_MILLIS, "7", ",\"unit\":\"dBZ\"")))
                        .readings()
                        .get(0)
                        .unit())
                .isEqualTo("{dBZ}");
    }

    @Test
    void takesTheSpellingsOfAUnitThatDevicesSend() {
        assertThat(events.good(withUnit("\"°C\"")).value()).isEqualTo(14);
        assertThat(events.good(withUnit("\"°C\"")).unit()).isEqualTo("Cel");
        assertThat(events.good(withUnit("\"°F\"")).value()).isEqualTo(-10.0);
        Intake dust = intake(longJson(), metric("temp", "ug/m3", 0, 100_000));
        for (String unit : new String[] {"µg/m³", "μg/m³", "ug/m3", "µg/m^3"}) {
            assertThat(dust.process(event(withUnit('"' + unit + '"')))
                            .readings()
                            .get(0)
                            .value())
                    .isEqualTo(14);
        }
        assertThat(dust.process(event(withUnit("\"mg/m³\""))).readings().get(0).value())
                .isEqualTo(14_000);
    }

    @Test
    void rejectsAUnitThatCannotBeConvertedBeforeItLooksAtTheRange() {
        assertThat(events.fault(withUnit("\"hPa\"")).reason()).isEqualTo(Reason.UNIT_MISMATCH);
        assertThat(events.fault(json("\"s\"", "\"temp\"", NOW_MILLIS, "-9999", ",\"unit\":\"x\""))
                        .reason())
                .isEqualTo(Reason.UNIT_MISMATCH);
    }
}

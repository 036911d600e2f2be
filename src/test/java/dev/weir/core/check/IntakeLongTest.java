package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.NOW_MICROS;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.metric;
import static dev.weir.core.check.Fixture.reading;
import static dev.weir.core.check.Fixture.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeLongTest {
    private static final Metric TEMP = metric("temp", "Cel", -40, 125);
    private static final String NOW_MILLIS = String.valueOf(NOW.toEpochMilli());

    private final Intake intake = intake(longJson(), TEMP, metric("flagged", "Cel", 0, 10, Action.FLAG, false));

    @Test
    void yieldsTheReadingOfAGoodEventWithAllThatItKnows() {
        Event event =
                event(json("\"s1\"", "\"temp\"", NOW_MILLIS, "21.5", ",\"unit\":\"Cel\",\"site\":\"roof\",\"x\":{}"));
        Intake.Result result = intake.process(event);
        assertThat(result.eventReject()).isNull();
        assertThat(result.slots()).isEqualTo(1);
        assertThat(result.rejects()).isEmpty();
        assertThat(result.readings())
                .containsExactly(new Reading(
                        new SeriesKey("s1", "temp"),
                        NOW_MICROS,
                        21.5,
                        "Cel",
                        "roof",
                        0,
                        event.origin(),
                        event.key(),
                        event.value(),
                        0));
    }

    @Test
    void givesTheReadingTheCatalogsUnitWhenTheEventNamesNone() {
        assertThat(good(reading("1")).unit()).isEqualTo("Cel");
        assertThat(good(withUnit("\"NA\"")).unit()).isEqualTo("Cel");
        assertThat(good(withUnit("null")).unit()).isEqualTo("Cel");
    }

    @Test
    void convertsTheValueIntoTheCatalogsUnit() {
        Reading reading = good(withUnit("\"[degF]\""));
        assertThat(reading.value()).isEqualTo(-10.0); // (14 - 32) * 5 / 9
        assertThat(reading.unit()).isEqualTo("Cel");
    }

    @Test
    void asksSensorThenMetricThenTimeAndNamesTheField() {
        assertThat(eventFault("{}")).isEqualTo(new Reject(Reason.MISSING_FIELD, "sensor \"sensor\"", null));
        assertThat(eventFault("{\"sensor\":\"s\"}").detail()).contains("metric");
        assertThat(eventFault("{\"sensor\":\"s\",\"metric\":\"m\"}").detail()).contains("time");
        assertThat(eventFault(json("false", "[]", "true", "1", "")))
                .isEqualTo(new Reject(Reason.WRONG_TYPE, "sensor \"sensor\" is neither a text nor a number", null));
        assertThat(eventFault(json("\"s\"", "[]", "true", "1", "")).detail()).contains("metric");
        assertThat(eventFault(json("\"s\"", "\"m\"", "true", "1", "")).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(eventFault(json("\"NA\"", "\"m\"", "1", "1", "")).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(eventFault(json("5", "\"\"", "1", "1", "")).reason()).isEqualTo(Reason.MALFORMED);
    }

    /** Through both readers of JSON: an escape anywhere leaves the event to Jackson. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"x\":\"\\u0041\""})
    void takesTheTextOfANumberAsIdentifierAndSite(String more) {
        for (String number : new String[] {"12084", "-0", "0", "1.50", "1e3", "123456789012345678901234567890"}) {
            Intake accepting = intake(longJson(), true);
            Intake.Result result =
                    accepting.process(event(json(number, number, NOW_MILLIS, "1", ",\"site\":" + number + more)));
            Reading reading = result.readings().get(0);
            assertThat(reading.series()).isEqualTo(new SeriesKey(number, number));
            assertThat(reading.site()).isEqualTo(number);
        }
        assertThat(eventFault(json("1".repeat(256), "\"temp\"", NOW_MILLIS, "1", more))
                        .reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(fault(json("1", "\"temp\"", NOW_MILLIS, "1", ",\"site\":true" + more))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(fault(json("1", "\"temp\"", NOW_MILLIS, "1", ",\"unit\":" + "1".repeat(256) + more))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void rejectsAShortRowWhereTheCatalogSaysSo() {
        Input absent = longCsv(';');
        Intake csv =
                intake(TestConfigs.withCsv(absent, new Input.Csv(absent.csv().header(), ';', true)), TEMP);
        assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp;1;;")).eventReject())
                .isEqualTo(new Reject(Reason.MALFORMED, "6 of the header's 7 columns", null));
        assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp;1;;;")).readings())
                .hasSize(1);
        assertThat(csv.process(event("a")).eventReject().detail()).isEqualTo("1 of the header's 7 columns");
        assertThat(csv.process(event("\"a;b\";" + NOW_MILLIS + ";temp;1;;;\r\n"))
                        .readings())
                .hasSize(1);
    }

    @Test
    void saysThatTheSecondTimeIsTheRecordsOwn() {
        assertThat(fault(json("\"s\"", "\"temp\"", "1709294700001", "1", "")).detail())
                .isEqualTo("2024-03-01T12:05:00.001Z is after 2024-03-01T12:05:00Z, the record's own timestamp plus"
                        + " weir.time.future-skew");
    }

    @Test
    void recognizesBytesThatSomethingElseWrapped() {
        byte[] framed = new byte[40];
        framed[4] = 7;
        framed[20] = '{';
        assertThat(malformed(framed))
                .isEqualTo(
                        "not JSON: a zero byte; a schema registry's serializer begins so (a zero byte, then schema id 7): have"
                                + " the producer write plain JSON or CSV");
        assertThat(malformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)))
                .endsWith("UTF-16: have the producer write UTF-8");
        assertThat(malformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16)))
                .endsWith("UTF-16: have the producer write UTF-8");
        assertThat(malformed(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0})).contains("gzip");
        assertThat(malformed("{\"a\":\0}".getBytes(StandardCharsets.UTF_8))).isEqualTo("not JSON: a zero byte");
        assertThat(malformed(new byte[] {0})).isEqualTo("not JSON: a zero byte");
    }

    private String malformed(byte[] value) {
        Reject reject =
                intake.process(new Event(event("").origin(), null, value)).eventReject();
        assertThat(reject.reason()).isEqualTo(Reason.MALFORMED);
        return reject.detail();
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
        assertThat(fault(reading('"' + text + '"')).reason()).isEqualTo(Reason.WRONG_TYPE);
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
        assertThat(good(withUnit("\"°C\"")).value()).isEqualTo(14);
        assertThat(good(withUnit("\"°C\"")).unit()).isEqualTo("Cel");
        assertThat(good(withUnit("\"°F\"")).value()).isEqualTo(-10.0);
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
    void makesEveryZeroAPositiveOne() {
        for (String zero : new String[] {"-0", "-0.0", "-0e5", "-1e-999"}) {
            assertThat(good(reading(zero)).value()).isEqualTo(0.0, offset(0.0)).matches(v -> 1 / v > 0);
            Intake lenient = intake(longJson(time("epoch-millis"), true), TEMP);
            assertThat(lenient.process(event(reading('"' + zero + '"')))
                            .readings()
                            .get(0)
                            .value())
                    .matches(v -> 1 / v > 0);
            assertThat(intake(longCsv(';'), TEMP)
                            .process(event("a;" + NOW_MILLIS + ";temp;" + zero))
                            .readings()
                            .get(0)
                            .value())
                    .matches(v -> 1 / v > 0);
        }
        assertThat(good(json("\"s1\"", "\"temp\"", NOW_MILLIS, "-0", ",\"unit\":\"Cel\""))
                        .value())
                .matches(v -> 1 / v > 0);
    }

    @Test
    void rejectsAValueThatIsMissingOrNoNumber() {
        assertThat(fault("{\"sensor\":\"s\",\"metric\":\"temp\",\"time\":" + NOW_MILLIS + "}")
                        .reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(fault(reading("null")).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(fault(reading("\"NA\""))).isEqualTo(new Reject(Reason.MISSING_FIELD, "value \"value\"", "temp"));
        assertThat(fault(reading("\"21.5\"")).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(fault(reading("true")).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(fault(reading("[1]")).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(fault(withUnit("5")).reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void takesANumberInQuotesOnlyWhereTheCatalogIsLenient() {
        Intake lenient = intake(longJson(time("epoch-millis"), true), TEMP);
        assertThat(lenient.process(event(json("\"s\"", "\"temp\"", '"' + NOW_MILLIS + '"', "\" 21.5 \"", "")))
                        .readings()
                        .get(0)
                        .value())
                .isEqualTo(21.5);
        assertThat(lenient.process(event(reading("\"0x1p3\""))).rejects().get(0).reason())
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(lenient.process(event(reading("\"nan\""))).rejects().get(0).reason())
                .isEqualTo(Reason.NON_FINITE);
        assertThat(eventFault(json("\"s\"", "\"temp\"", '"' + NOW_MILLIS + '"', "1", ""))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void doesNotMistakeAQuotedNumberForTheSameNumberBeforeIt() {
        String decimal = NOW_MILLIS + ".0";
        assertThat(intake.process(event(json("\"s\"", "\"temp\"", decimal, "1", "")))
                        .readings())
                .hasSize(1);
        assertThat(eventFault(json("\"s\"", "\"temp\"", '"' + decimal + '"', "1", ""))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void rejectsAnUnknownMetricUnlessTheCatalogAcceptsIt() {
        String unknown = json("\"s\"", "\"new\"", NOW_MILLIS, "1e6", ",\"unit\":\"furlong\"");
        assertThat(fault(unknown)).isEqualTo(new Reject(Reason.UNKNOWN_METRIC, "not in the catalog", "new"));
        Reading reading = intake(longJson(), true, TEMP)
                .process(event(unknown))
                .readings()
                .get(0);
        assertThat(reading.unit()).isEqualTo("furlong");
        assertThat(reading.value()).isEqualTo(1e6);
    }

    @Test
    void rejectsAUnitThatCannotBeConvertedBeforeItLooksAtTheRange() {
        assertThat(fault(withUnit("\"hPa\"")).reason()).isEqualTo(Reason.UNIT_MISMATCH);
        assertThat(fault(json("\"s\"", "\"temp\"", NOW_MILLIS, "-9999", ",\"unit\":\"x\""))
                        .reason())
                .isEqualTo(Reason.UNIT_MISMATCH);
    }

    @Test
    void countsTheEndsOfTheRangeAsGood() {
        assertThat(good(reading("-40")).value()).isEqualTo(-40);
        assertThat(good(reading("125")).value()).isEqualTo(125);
        assertThat(fault(reading("125.00001")).reason()).isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(fault(reading("-40.00001")).reason()).isEqualTo(Reason.OUT_OF_RANGE);
    }

    @Test
    void comparesASentinelWithTheValueAsSentAndNeverFlagsIt() {
        Reject sentinel = new Reject(Reason.OUT_OF_RANGE, "sentinel", "flagged");
        assertThat(fault(flagged("-9999.0", ""))).isEqualTo(sentinel);
        assertThat(fault(flagged("-9999", ",\"unit\":\"K\""))).isEqualTo(sentinel);
    }

    @Test
    void flagsAValueOutOfRangeWhereTheCatalogSaysSoAndStillChecksTheTime() {
        assertThat(good(flagged("11", "")).quality()).isEqualTo(Flag.OUT_OF_RANGE.bit());
        assertThat(good(flagged("10", "")).quality()).isZero();
        assertThat(fault(json("\"s\"", "\"flagged\"", "1", "11", "")).reason()).isEqualTo(Reason.ANCIENT_TIMESTAMP);
    }

    @Test
    void measuresTheFutureFromTheRecordsTimestamp() {
        long limit = NOW.toEpochMilli() + 300_000;
        assertThat(good(json("\"s\"", "\"temp\"", String.valueOf(limit), "1", ""))
                        .eventTimeMicros())
                .isEqualTo(limit * 1000);
        assertThat(fault(json("\"s\"", "\"temp\"", limit + ".001", "1", "")).reason())
                .isEqualTo(Reason.FUTURE_TIMESTAMP);
    }

    @Test
    void countsTheEarliestInstantAsGood() {
        assertThat(good(json("\"s\"", "\"temp\"", "978307200000", "1", "")).value())
                .isEqualTo(1);
        assertThat(fault(json("\"s\"", "\"temp\"", "978307199999.9999", "1", ""))
                        .reason())
                .isEqualTo(Reason.ANCIENT_TIMESTAMP);
    }

    @Test
    void letsTheLastOfTwoEqualKeysCount() {
        assertThat(good("{\"value\":7,\"sensor\":\"a\",\"sensor\":\"b\",\"metric\":\"temp\",\"time\":" + NOW_MILLIS
                                + ",\"value\":8}")
                        .value())
                .isEqualTo(8);
    }

    @Test
    void readsACsvRowWithQuotesAndMissingColumns() {
        Intake csv = intake(longCsv(';'), TEMP);
        Reading reading = csv.process(event("\"a \"\"b\"\"; c\";" + NOW_MILLIS + ";temp; 21.5 ;;r\"oof\r\n"))
                .readings()
                .get(0);
        assertThat(reading.series().sensorId()).isEqualTo("a \"b\"; c");
        assertThat(reading.site()).isEqualTo("r\"oof");
        assertThat(reading.value()).isEqualTo(21.5);
        assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp"))
                        .rejects()
                        .get(0)
                        .reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(csv.process(event("a;" + NOW_MILLIS + ";temp;NA"))
                        .rejects()
                        .get(0)
                        .reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(csv.process(event("a;" + NOW_MILLIS)).eventReject().detail()).contains("metric");
    }

    private static String withUnit(String unit) {
        return json("\"s1\"", "\"temp\"", NOW_MILLIS, "14", ",\"unit\":" + unit);
    }

    private static String flagged(String value, String more) {
        return json("\"s1\"", "\"flagged\"", NOW_MILLIS, value, more);
    }

    private Reject eventFault(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.slots()).isZero();
        assertThat(result.readings()).isEmpty();
        assertThat(result.rejects()).isEmpty();
        return result.eventReject();
    }

    private Reject fault(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.eventReject()).isNull();
        assertThat(result.slots()).isEqualTo(1);
        assertThat(result.readings()).isEmpty();
        assertThat(result.rejects()).hasSize(1);
        return result.rejects().get(0);
    }

    private Reading good(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.eventReject()).isNull();
        assertThat(result.rejects()).isEmpty();
        return result.readings().get(0);
    }
}

package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.NOW_MICROS;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.reading;
import static dev.weir.core.check.LongEvents.NOW_MILLIS;
import static dev.weir.core.check.LongEvents.TEMP;
import static dev.weir.core.check.LongEvents.flagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Input;
import dev.weir.core.model.Event;
import dev.weir.core.model.Flag;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.core.model.SeriesKey;
import dev.weir.testing.generate.TestConfigs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeLongTest {
    private final LongEvents events = new LongEvents();

    @Test
    void yieldsTheReadingOfAGoodEventWithAllThatItKnows() {
        Event event =
                event(json("\"s1\"", "\"temp\"", NOW_MILLIS, "21.5", ",\"unit\":\"Cel\",\"site\":\"roof\",\"x\":{}"));
        Intake.Result result = events.intake.process(event);
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

    /** A field that is null is there. */
    @Test
    void tellsWhichMappedFieldsAnEventLacks() {
        assertThat(events.intake.mappedFields()).containsExactly("sensor", "time", "metric", "value", "unit", "site");
        events.intake.process(event(json("\"s1\"", "\"temp\"", NOW_MILLIS, "null", ",\"site\":\"roof\"")));
        assertThat(events.intake.absentFields()).containsExactly("unit");
        events.intake.process(event("{\"sensor\":\"s\"}"));
        assertThat(events.intake.absentFields()).containsExactly("time", "metric", "value", "unit", "site");
    }

    @Test
    void asksSensorThenMetricThenTimeAndNamesTheField() {
        assertThat(events.eventFault("{}")).isEqualTo(new Reject(Reason.MISSING_FIELD, "sensor \"sensor\"", null));
        assertThat(events.eventFault("{\"sensor\":\"s\"}").detail()).contains("metric");
        assertThat(events.eventFault("{\"sensor\":\"s\",\"metric\":\"m\"}").detail())
                .contains("time");
        assertThat(events.eventFault(json("false", "[]", "true", "1", "")))
                .isEqualTo(new Reject(Reason.WRONG_TYPE, "sensor \"sensor\" is neither a text nor a number", null));
        assertThat(events.eventFault(json("\"s\"", "[]", "true", "1", "")).detail())
                .contains("metric");
        assertThat(events.eventFault(json("\"s\"", "\"m\"", "true", "1", "")).reason())
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(events.eventFault(json("\"NA\"", "\"m\"", "1", "1", "")).reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(events.eventFault(json("5", "\"\"", "1", "1", "")).reason()).isEqualTo(Reason.MALFORMED);
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
        assertThat(events.eventFault(json("1".repeat(256), "\"temp\"", NOW_MILLIS, "1", more))
                        .reason())
                .isEqualTo(Reason.MALFORMED);
        assertThat(events.fault(json("1", "\"temp\"", NOW_MILLIS, "1", ",\"site\":true" + more))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
        assertThat(events.fault(json("1", "\"temp\"", NOW_MILLIS, "1", ",\"unit\":" + "1".repeat(256) + more))
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
        assertThat(events.fault(json("\"s\"", "\"temp\"", "1709294700001", "1", ""))
                        .detail())
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
        Reject reject = events.intake
                .process(new Event(event("").origin(), null, value))
                .eventReject();
        assertThat(reject.reason()).isEqualTo(Reason.MALFORMED);
        return reject.detail();
    }

    @Test
    void rejectsAnUnknownMetricUnlessTheCatalogAcceptsIt() {
        String unknown = json("\"s\"", "\"new\"", NOW_MILLIS, "1e6", ",\"unit\":\"furlong\"");
        assertThat(events.fault(unknown)).isEqualTo(new Reject(Reason.UNKNOWN_METRIC, "not in the catalog", "new"));
        Reading reading = intake(longJson(), true, TEMP)
                .process(event(unknown))
                .readings()
                .get(0);
        assertThat(reading.unit()).isEqualTo("furlong");
        assertThat(reading.value()).isEqualTo(1e6);
    }

    @Test
    void countsTheEndsOfTheRangeAsGood() {
        assertThat(events.good(reading("-40")).value()).isEqualTo(-40);
        assertThat(events.good(reading("125")).value()).isEqualTo(125);
        assertThat(events.fault(reading("125.00001")).reason()).isEqualTo(Reason.OUT_OF_RANGE);
        assertThat(events.fault(reading("-40.00001")).reason()).isEqualTo(Reason.OUT_OF_RANGE);
    }

    @Test
    void comparesASentinelWithTheValueAsSentAndNeverFlagsIt() {
        Reject sentinel = new Reject(Reason.OUT_OF_RANGE, "sentinel", "flagged");
        assertThat(events.fault(flagged("-9999.0", ""))).isEqualTo(sentinel);
        assertThat(events.fault(flagged("-9999", ",\"unit\":\"K\""))).isEqualTo(sentinel);
    }

    @Test
    void flagsAValueOutOfRangeWhereTheCatalogSaysSoAndStillChecksTheTime() {
        assertThat(events.good(flagged("11", "")).quality()).isEqualTo(Flag.OUT_OF_RANGE.bit());
        assertThat(events.good(flagged("10", "")).quality()).isZero();
        assertThat(events.fault(json("\"s\"", "\"flagged\"", "1", "11", "")).reason())
                .isEqualTo(Reason.ANCIENT_TIMESTAMP);
    }

    @Test
    void measuresTheFutureFromTheRecordsTimestamp() {
        long limit = NOW.toEpochMilli() + 300_000;
        assertThat(events.good(json("\"s\"", "\"temp\"", String.valueOf(limit), "1", ""))
                        .eventTimeMicros())
                .isEqualTo(limit * 1000);
        assertThat(events.fault(json("\"s\"", "\"temp\"", limit + ".001", "1", ""))
                        .reason())
                .isEqualTo(Reason.FUTURE_TIMESTAMP);
    }

    @Test
    void countsTheEarliestInstantAsGood() {
        assertThat(events.good(json("\"s\"", "\"temp\"", "978307200000", "1", ""))
                        .value())
                .isEqualTo(1);
        assertThat(events.fault(json("\"s\"", "\"temp\"", "978307199999.9999", "1", ""))
                        .reason())
                .isEqualTo(Reason.ANCIENT_TIMESTAMP);
    }

    @Test
    void letsTheLastOfTwoEqualKeysCount() {
        assertThat(events.good("{\"value\":7,\"sensor\":\"a\",\"sensor\":\"b\",\"metric\":\"temp\",\"time\":"
                                + NOW_MILLIS + ",\"value\":8}")
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
}

package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.metric;
import static dev.weir.core.check.Fixture.wideJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.model.Event;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeWideTest {
    private static final Map<String, String> READINGS = new LinkedHashMap<>();

    static {
        READINGS.put("temp", "/m/t");
        READINGS.put("hum", "/m/list/1/v");
        READINGS.put("odd", "a/b~c");
        READINGS.put("escaped", "/a~1b~0c");
    }

    private final Intake intake = intake(
            wideJson(READINGS),
            metric("temp", "Cel", -40, 125),
            metric("hum", "%", 0, 100, Action.REJECT, true),
            metric("odd", null, 0, 9, Action.REJECT, true),
            metric("escaped", null, 0, 9, Action.REJECT, true));

    @Test
    void findsFieldsByNameAndByPointerAndKeepsTheCatalogsOrder() {
        Intake.Result result = intake.process(
                wide("\"a/b~c\":3,\"m\":{\"x\":[1,[2]],\"list\":[{\"v\":1},{\"w\":0,\"v\":55}],\"t\":20}"));
        assertThat(result.readings())
                .extracting(reading -> reading.series().metric(), Reading::value)
                .containsExactly(
                        tuple("temp", 20.0),
                        tuple("hum", 55.0),
                        tuple("odd", 3.0),
                        // a plain name and a pointer may name one field
                        tuple("escaped", 3.0));
        assertThat(result.readings()).allMatch(reading -> reading.site().equals("hall"));
        assertThat(result.slots()).isEqualTo(4);
    }

    @Test
    void tellsWhichMappedFieldsAnEventLacks() {
        assertThat(intake.mappedFields())
                .containsExactly("/device/id", "ts", "/device/place/0", "/m/t", "/m/list/1/v", "a/b~c", "/a~1b~0c");
        intake.process(wide("\"m\":{\"t\":null}"));
        assertThat(intake.absentFields()).containsExactly("/m/list/1/v", "a/b~c", "/a~1b~0c");
    }

    @Test
    void countsNoSlotForAnOptionalMetricThatIsAbsentNullOrANullText() {
        for (String hum : List.of("", ",\"list\":[0,{\"v\":null}]", ",\"list\":[0,{\"v\":\"NA\"}]", ",\"list\":5")) {
            Intake.Result result = intake.process(wide("\"m\":{\"t\":1" + hum + "}"));
            assertThat(result.slots()).isEqualTo(1);
            assertThat(result.rejects()).isEmpty();
        }
    }

    @Test
    void rejectsARequiredMetricThatIsMissingAndKeepsTheRest() {
        Intake.Result result = intake.process(wide("\"m\":{\"list\":[0,{\"v\":5}]},\"a/b~c\":-1"));
        assertThat(result.slots()).isEqualTo(4);
        assertThat(result.rejects())
                .extracting(Reject::metric, Reject::reason)
                .containsExactly(
                        tuple("temp", Reason.MISSING_FIELD),
                        tuple("odd", Reason.OUT_OF_RANGE),
                        tuple("escaped", Reason.OUT_OF_RANGE));
        assertThat(result.readings()).hasSize(1);
    }

    @Test
    void isDecodedWithNoSlotWhenAllMetricsAreOptionalAndAbsent() {
        Intake.Result result = intake(wideJson(Map.of("temp", "t")), metric("temp", "Cel", 0, 1, Action.REJECT, true))
                .process(wide("\"x\":1"));
        assertThat(result.eventReject()).isNull();
        assertThat(result.slots()).isZero();
    }

    @Test
    void forgetsWhatAnEarlierKeyOfTheSameNameHeld() {
        Intake.Result result = intake.process(wide("\"m\":{\"t\":1},\"m\":{\"x\":2}"));
        assertThat(result.rejects()).extracting(Reject::reason).containsExactly(Reason.MISSING_FIELD);
    }

    /** The event is one level, {@code m} the second, {@code list} the third. */
    @Test
    void countsTheLevelsOfMappedObjectsAndArrays() {
        assertThat(nested("x", 498).eventReject()).isNull();
        assertThat(nested("x", 499).eventReject().reason()).isEqualTo(Reason.MALFORMED);
        assertThat(nested("list", 498).eventReject()).isNull();
        assertThat(nested("list", 499).eventReject().reason()).isEqualTo(Reason.MALFORMED);
    }

    private Intake.Result nested(String key, int depth) {
        return intake.process(wide("\"m\":{\"" + key + "\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }

    @Test
    void rejectsAnEventOfMoreThanAThousandReadings() {
        Map<String, String> many = IntStream.range(0, 1_001)
                .boxed()
                .collect(Collectors.toMap(i -> "m" + i, i -> "f" + i, (a, b) -> a, LinkedHashMap::new));
        Intake.Result result = intake(wideJson(many)).process(wide("\"x\":1"));
        assertThat(result.eventReject().reason()).isEqualTo(Reason.MALFORMED);
        many.remove("m7");
        assertThat(intake(wideJson(many)).process(wide("\"x\":1")).slots()).isEqualTo(1_000);
    }

    @Test
    void countsNoOptionalMetricThatIsAbsentAmongTheThousand() {
        Map<String, String> many = IntStream.range(0, 1_001)
                .boxed()
                .collect(Collectors.toMap(i -> "m" + i, i -> "f" + i, (a, b) -> a, LinkedHashMap::new));
        Intake intake = intake(wideJson(many), metric("m7", "Cel", 0, 1, Metric.Action.REJECT, true));
        assertThat(intake.process(wide("\"x\":1")).slots()).isEqualTo(1_000);
        assertThat(intake.process(wide("\"f7\":1")).eventReject().reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void readsAWideCsvRowWithItsTimeInSeveralColumns() {
        Input input = Input.flat(
                Input.Format.CSV,
                Input.Fields.named(
                        "station",
                        Input.EventTime.named(
                                List.of("year", "month", "day", "hour"), List.of("yyyy M d H"), "Asia/Shanghai"),
                        null,
                        null,
                        null,
                        null),
                Map.of("PM2.5", "PM2.5"),
                new Input.Csv(List.of("No", "year", "month", "day", "hour", "PM2.5", "station"), ',', false),
                Fixture.NULLS,
                false);
        Reading reading = intake(input, metric("PM2.5", "ug/m3", 0, 1000))
                .process(event("1,2013,3,1,0,4.5,\"Aotizhongxin\""))
                .readings()
                .get(0);
        assertThat(reading.series().sensorId()).isEqualTo("Aotizhongxin");
        assertThat(reading.eventTimeMicros())
                .isEqualTo(Instant.parse("2013-02-28T16:00:00Z").toEpochMilli() * 1000);
        Reject missing = intake(input).process(event("1,2013,NA,1,0,4.5,x")).eventReject();
        assertThat(missing).isEqualTo(new Reject(Reason.MISSING_FIELD, "event time \"month\"", null));
    }

    @Test
    void saysWhatStandsInThePointersWay() {
        Intake nested = intake(wideJson(Map.of("temp", "/payload/data/t")), metric("temp", "Cel", -40, 125));
        assertThat(nested.process(event("{\"device\":\"{\\\"id\\\":\\\"d\\\"}\"}"))
                        .eventReject())
                .isEqualTo(new Reject(
                        Reason.MISSING_FIELD,
                        "sensor \"/device/id\": /device is a text that holds JSON, not an object: have the sender put the object there"
                                + " itself, not quoted and escaped",
                        null));
        assertThat(nested.process(event("{\"device\":\"d\"}")).eventReject().detail())
                .isEqualTo("sensor \"/device/id\": /device is a text, not an object");
        assertThat(nested.process(event("{\"device\":[7]}")).eventReject().detail())
                .isEqualTo("sensor \"/device/id\"");
        assertThat(nested.process(event("{\"x\":{\"device\":\"\"},\"devices\":\"{\"}"))
                        .eventReject()
                        .detail())
                .isEqualTo("sensor \"/device/id\"");
        assertThat(nested.process(wide("\"payload\":{\"data\":\" {}\"}"))
                        .rejects()
                        .get(0)
                        .detail())
                .startsWith("value \"/payload/data/t\": /payload/data is a text that holds JSON");
        assertThat(nested.process(wide("\"payload\":17")).rejects().get(0).detail())
                .isEqualTo("value \"/payload/data/t\": /payload is 17, not an object");
        assertThat(nested.process(wide("\"payload\":{\"data\":{}}"))
                        .rejects()
                        .get(0)
                        .detail())
                .isEqualTo("value \"/payload/data/t\"");
    }

    /** Each explanation reads the event again: of a thousand fields with a thousand parents that took a thousand parses. */
    @Test
    void saysOfAnEventsFirstRejectsWhatStandsInTheWay() {
        Map<String, String> readings = new LinkedHashMap<>();
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            readings.put("m" + i, "/p" + i + "/value");
            metrics.add(metric("m" + i, "Cel", -40, 125));
        }
        Intake nested = intake(wideJson(readings), metrics.toArray(Metric[]::new));
        Event event = wide("\"p0\":0,\"p1\":1,\"p2\":2,\"p3\":3,\"p4\":4,\"p5\":5");
        for (int time = 0; time < 2; time++) {
            assertThat(nested.process(event).rejects())
                    .extracting(Reject::detail)
                    .containsExactly(
                            "value \"/p0/value\": /p0 is 0, not an object",
                            "value \"/p1/value\": /p1 is 1, not an object",
                            "value \"/p2/value\": /p2 is 2, not an object",
                            "value \"/p3/value\": /p3 is 3, not an object",
                            "value \"/p4/value\"",
                            "value \"/p5/value\"");
        }
    }

    private static Event wide(String more) {
        return event("{\"device\":{\"id\":\"d\",\"place\":[\"hall\"]},\"ts\":" + NOW.toEpochMilli() + "," + more + "}");
    }
}

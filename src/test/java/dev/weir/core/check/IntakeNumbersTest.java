package dev.weir.core.check;

import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longCsv;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.reading;
import static dev.weir.core.check.Fixture.time;
import static dev.weir.core.check.LongEvents.NOW_MILLIS;
import static dev.weir.core.check.LongEvents.TEMP;
import static dev.weir.core.check.LongEvents.withUnit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import org.junit.jupiter.api.Test;

/** What is a number, and what is none. */
class IntakeNumbersTest {
    private final LongEvents events = new LongEvents();

    @Test
    void makesEveryZeroAPositiveOne() {
        for (String zero : new String[] {"-0", "-0.0", "-0e5", "-1e-999"}) {
            assertThat(events.good(reading(zero)).value())
                    .isEqualTo(0.0, offset(0.0))
                    .matches(v -> 1 / v > 0);
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
        assertThat(events.good(json("\"s1\"", "\"temp\"", NOW_MILLIS, "-0", ",\"unit\":\"Cel\""))
                        .value())
                .matches(v -> 1 / v > 0);
    }

    @Test
    void rejectsAValueThatIsMissingOrNoNumber() {
        assertThat(events.fault("{\"sensor\":\"s\",\"metric\":\"temp\",\"time\":" + NOW_MILLIS + "}")
                        .reason())
                .isEqualTo(Reason.MISSING_FIELD);
        assertThat(events.fault(reading("null")).reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(events.fault(reading("\"NA\"")))
                .isEqualTo(new Reject(Reason.MISSING_FIELD, "value \"value\"", "temp"));
        assertThat(events.fault(reading("\"21.5\"")))
                .isEqualTo(
                        new Reject(Reason.WRONG_TYPE, "value \"value\" is \"21.5\", a text and not a number", "temp"));
        assertThat(events.fault(reading("true")))
                .isEqualTo(new Reject(Reason.WRONG_TYPE, "value \"value\" is not a number", "temp"));
        assertThat(events.fault(reading("[1]")).reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(events.fault(withUnit("5"))).isEqualTo(new Reject(Reason.WRONG_TYPE, "unit is not a text", "temp"));
    }

    /** Through both readers of JSON: an escape anywhere leaves the event to Jackson. */
    @Test
    void aNullThatComesLastCounts() {
        for (String more : new String[] {"", ",\"x\":\"\\u0041\""}) {
            assertThat(events.fault(json("\"s\"", "\"temp\"", NOW_MILLIS, "1", ",\"value\":null" + more))
                            .reason())
                    .isEqualTo(Reason.MISSING_FIELD);
        }
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
        assertThat(events.eventFault(json("\"s\"", "\"temp\"", '"' + NOW_MILLIS + '"', "1", ""))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void doesNotMistakeAQuotedNumberForTheSameNumberBeforeIt() {
        String decimal = NOW_MILLIS + ".0";
        assertThat(events.intake
                        .process(event(json("\"s\"", "\"temp\"", decimal, "1", "")))
                        .readings())
                .hasSize(1);
        assertThat(events.eventFault(json("\"s\"", "\"temp\"", '"' + decimal + '"', "1", ""))
                        .reason())
                .isEqualTo(Reason.WRONG_TYPE);
    }
}

package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.event;
import static dev.weir.core.check.Fixture.intake;
import static dev.weir.core.check.Fixture.json;
import static dev.weir.core.check.Fixture.longJson;
import static dev.weir.core.check.Fixture.metric;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;

/** Events of the long layout in JSON, and an intake that judges them: of {@code temp}, and of {@code flagged}, whose range only flags. */
final class LongEvents {
    static final Metric TEMP = metric("temp", "Cel", -40, 125);
    static final String NOW_MILLIS = String.valueOf(NOW.toEpochMilli());

    final Intake intake = intake(longJson(), TEMP, metric("flagged", "Cel", 0, 10, Action.FLAG, false));

    static String withUnit(String unit) {
        return json("\"s1\"", "\"temp\"", NOW_MILLIS, "14", ",\"unit\":" + unit);
    }

    static String flagged(String value, String more) {
        return json("\"s1\"", "\"flagged\"", NOW_MILLIS, value, more);
    }

    /** Returns why the event as a whole is rejected. */
    Reject eventFault(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.slots()).isZero();
        assertThat(result.readings()).isEmpty();
        assertThat(result.rejects()).isEmpty();
        return result.eventReject();
    }

    /** Returns why the event's one reading is rejected. */
    Reject fault(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.eventReject()).isNull();
        assertThat(result.slots()).isEqualTo(1);
        assertThat(result.readings()).isEmpty();
        assertThat(result.rejects()).hasSize(1);
        return result.rejects().get(0);
    }

    /** Returns the event's one reading, which passes. */
    Reading good(String value) {
        Intake.Result result = intake.process(event(value));
        assertThat(result.eventReject()).isNull();
        assertThat(result.rejects()).isEmpty();
        return result.readings().get(0);
    }
}

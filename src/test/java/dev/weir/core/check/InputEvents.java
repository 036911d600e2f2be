package dev.weir.core.check;

import static dev.weir.core.check.Fixture.NOW;
import static dev.weir.core.check.Fixture.NOW_MICROS;
import static dev.weir.core.check.Fixture.metric;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Catalog.UnknownMetric;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.decode.Decoder;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges events of a catalog with the metrics {@code temp} and {@code hum}. The base of tests that write a verdict
 * as a line: one reading, or one reject.
 */
abstract class InputEvents {
    private static final Metric TEMP = metric("temp", "Cel", -40, 125);
    private static final Metric HUM = metric("hum", "%", 0, 100, Action.REJECT, true);
    static final long MILLIS = NOW.toEpochMilli();

    UnknownMetric unknown = UnknownMetric.REJECT;
    String topic = "t";
    byte[] key;
    List<Event.Header> headers = List.of();

    Intake intake(Input... inputs) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("temp", TEMP);
        metrics.put("hum", HUM);
        Catalog catalog = new Catalog(List.of(inputs), metrics, unknown, null);
        return new Intake(catalog, Fixture.EARLIEST_MICROS, Fixture.SKEW_MICROS, Decoder::of);
    }

    private Event event(String value) {
        return new Event(
                new Origin(topic, 0, 7, MILLIS), key, value.replace('\'', '"').getBytes(UTF_8), headers);
    }

    List<String> judge(Intake intake, String value) {
        Intake.Result result = intake.process(event(value));
        List<String> lines = new ArrayList<>();
        if (result.eventReject() != null) {
            assertThat(result.slots()).isZero();
            assertThat(result.readings()).isEmpty();
            assertThat(result.rejects()).isEmpty();
            return List.of("event " + line(result.eventReject()));
        }
        assertThat(result.slots())
                .isEqualTo(result.readings().size() + result.rejects().size());
        result.readings().forEach(reading -> lines.add(line(reading)));
        result.rejects().forEach(reject -> lines.add(line(reject)));
        return lines;
    }

    private static String line(Reject reject) {
        return reject.reason() + (reject.metric() == null ? "" : " of " + reject.metric()) + " " + reject.detail();
    }

    private static String line(Reading reading) {
        long after = reading.eventTimeMicros() - NOW_MICROS;
        return reading.series().sensorId() + " " + reading.series().metric() + " " + reading.value()
                + (after == 0 ? "" : " at " + after) + (reading.site() == null ? "" : " in " + reading.site());
    }
}

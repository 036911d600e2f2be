package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.BadInput;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * What no device should send, and one does: each event gets its reason on the dead-letter topic, and the job goes on as
 * if nothing had been.
 */
class BadInputIT {
    @Server
    static PipelineRig rig;

    @Test
    void eachJsonEventGetsItsReasonAndTheJobGoesOn() throws Exception {
        assertEachGetsItsReason(
                BadInput.json(),
                second ->
                        """
                {"sensor_id":"good","metric":"temperature","value":20.5,"event_time":%d}"""
                                .formatted(BadInput.ARRIVAL_MILLIS - 3_600_000 + second * 1_000L));
    }

    @Test
    void eachCsvRowGetsItsReasonAndTheJobGoesOn() throws Exception {
        LocalDateTime noon = LocalDateTime.of(2026, 10, 1, 12, 0);
        assertEachGetsItsReason(
                BadInput.csv(), second -> "good,%s,temperature,20.5".formatted(noon.plusSeconds(second + 1)));
    }

    /** @param good a good event of another sensor, later by a second for each of its arguments */
    private static void assertEachGetsItsReason(BadInput input, IntFunction<String> good) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        Map<Long, String> names = new TreeMap<>();
        List<Event> events = new ArrayList<>();
        for (BadInput.Row row : input.rows()) {
            expected.put(
                    row.name(), row.reason() == null ? "accepted" : row.reason().toString());
            names.put((long) events.size(), row.name());
            events.add(event(events.size(), row.value()));
            events.add(event(events.size(), good.apply(events.size()).getBytes(StandardCharsets.UTF_8)));
        }

        PipelineRun run = rig.run(input.config(), events, 2);

        Map<String, String> actual = new TreeMap<>();
        run.rejects()
                .forEach(r -> actual.merge(
                        names.getOrDefault(r.origin().offset(), "good"),
                        r.reason().toString(),
                        (a, b) -> a + ", " + b));
        run.readings().stream()
                .filter(reading -> names.containsKey(reading.origin().offset()))
                .forEach(reading -> actual.put(names.get(reading.origin().offset()), "accepted"));
        assertThat(actual).isEqualTo(expected);
        assertThat(run.readings())
                .filteredOn(reading -> reading.series().sensorId().equals("good"))
                .hasSameSizeAs(input.rows());
        assertThat(run.restarts()).isZero();
        run.assertRight();
    }

    private static Event event(int offset, byte[] value) {
        return new Event(new Origin(TestConfigs.TOPIC, 0, offset, BadInput.ARRIVAL_MILLIS), new byte[] {1}, value);
    }
}

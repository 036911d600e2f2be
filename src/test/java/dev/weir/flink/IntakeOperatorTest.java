package dev.weir.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.model.Counter;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Tally;
import dev.weir.generation.Fence;
import dev.weir.generation.Run;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Oracle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeOperatorTest {
    private static final long NOW_MILLIS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z

    @TempDir
    Path lake;

    /** Only battery is mapped, and it is optional: of the four events one has it, two have other fields, one is no JSON. */
    @Test
    void countsDecodedEventsWithoutAReading() throws Exception {
        WeirConfig config = onlyBattery();
        List<Event> events = List.of(
                event(0, "{\"data\": {\"battery\": 3.1}, "),
                event(1, "{\"data\": {\"batery\": 3.1}, "),
                event(2, "{"),
                event(3, "?"));

        Tally counted = counted(config, events);

        assertThat(counted.get(Counter.EVENTS_READ)).isEqualTo(4);
        assertThat(counted.get(Counter.EVENTS_DECODED)).isEqualTo(3);
        assertThat(counted.get(Counter.EVENTS_EMPTY)).isEqualTo(2);
        assertThat(counted.get(Counter.READINGS_DECODED)).isEqualTo(1);
        Map<String, Long> oracle = new Oracle(config).judge(events).books();
        for (Counter counter :
                List.of(Counter.EVENTS_READ, Counter.EVENTS_DECODED, Counter.EVENTS_EMPTY, Counter.EVENTS_REJECTED)) {
            assertThat(oracle).containsEntry(counter.label(), counted.get(counter));
        }
    }

    private static Tally counted(WeirConfig config, List<Event> events) throws Exception {
        IntakeOperator operator = new IntakeOperator(new Run("run", config, Fence.NONE));
        try (var harness = new OneInputStreamOperatorTestHarness<Event, Reading>(operator, new EventSerializer())) {
            harness.open();
            for (Event event : events) {
                harness.processElement(new StreamRecord<>(event));
            }
            harness.prepareSnapshotPreBarrier(1);
            Tally counted = new Tally();
            new ArrayList<>(harness.getSideOutput(IntakeOperator.TALLIES))
                    .forEach(record -> counted.add(record.getValue()));
            return counted;
        }
    }

    private WeirConfig onlyBattery() {
        WeirConfig wide = TestConfigs.wideJson();
        Metric battery = wide.catalog().metrics().get("battery");
        var input = wide.catalog().inputs().get(0);
        Catalog catalog = new Catalog(
                Input.flat(
                        input.format(),
                        new Input.Fields(input.sensorId(), input.eventTime(), null, null, null, input.site()),
                        Map.of("battery", "/data/battery"),
                        null,
                        input.nullValues(),
                        false),
                Map.of("battery", battery),
                false,
                null);
        WeirConfig config = TestConfigs.config(catalog, wide.time(), wide.windows());
        return TestConfigs.withSinks(
                config,
                config.kafka(),
                new WeirConfig.Lake(lake.toUri().toString(), WeirOptions.Compression.ZSTD, 4),
                null);
    }

    /** @param head what precedes sensor and time; text that is no JSON stays so */
    private static Event event(long offset, String head) {
        String text = head.startsWith("{") ? head + "\"device\": {\"id\": \"s\"}, \"time\": " + NOW_MILLIS + "}" : head;
        return new Event(new Origin("t", 0, offset, NOW_MILLIS), null, text.getBytes(StandardCharsets.UTF_8));
    }
}

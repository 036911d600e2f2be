package dev.weir.testing.catalogtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.CoreRun;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.oracle.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outcome that is not the expected one is described; the comparison can fail in every part. */
class DeviationsTest {
    private static final String GIVEN =
            """
            given:
              - topic: t
                timestamp: 2026-03-02T08:00:00Z
                json: {"sensor_id": "s", "metric": "temperature", "event_time": 1772438400000, "value": 20.5, "site": "here"}
              - json: {"sensor_id": "s", "metric": "temperature", "event_time": 1772438400000, "value": 20.5}
            """;
    private static final String READING =
            "sensor: s, event-time: 2026-03-02T08:00:00Z, site: here, readings: {temperature: 20.5}";
    private static final String DUPLICATE =
            "{event: 2, rejects: [{reason: DUPLICATE, metric: temperature, detail: same}]}";

    @TempDir
    Path directory;

    private List<String> deviations(String expected) throws IOException {
        Path file = Files.writeString(directory.resolve("a.weir-test.yaml"), GIVEN + expected);
        WeirTestFile test = WeirTestReader.read(file);
        Outcome outcome = CoreRun.of(TestConfigs.longJson(), test.events());
        return Deviations.of(test, TestConfigs.longJson(), outcome);
    }

    private List<String> deviations(String reading, String reject) throws IOException {
        return deviations("expected: [{event: 1, " + reading + "}, " + reject + "]\n");
    }

    @Test
    void thereAreNoneIfAllIsAsExpected() throws IOException {
        assertThat(deviations(READING, DUPLICATE)).isEmpty();
    }

    @Test
    void everyPartOfAReadingCounts() throws IOException {
        for (String other : List.of(
                READING.replace("20.5", "20.6"),
                READING.replace("08:00:00Z", "08:00:01Z"),
                READING.replace("sensor: s", "sensor: t"),
                READING.replace("site: here, ", ""),
                READING.replace("20.5", "{value: 20.5, unit: K}"),
                READING.replace("20.5", "{value: 20.5, flags: [SPIKE]}"))) {
            assertThat(deviations(other, DUPLICATE)).as(other).hasSize(2);
        }
        assertThat(deviations(READING.replace("20.5", "20.6"), DUPLICATE))
                .containsExactly(
                        "event 1: missing s temperature at 2026-03-02T08:00:00Z: 20.6 Cel, site here, flags []",
                        "event 1: unexpected s temperature at 2026-03-02T08:00:00Z: 20.5 Cel, site here, flags []");
    }

    @Test
    void everyPartOfARejectCounts() throws IOException {
        for (String other : List.of(
                DUPLICATE.replace("same", "other"),
                DUPLICATE.replace("reason: DUPLICATE", "reason: LATE"),
                DUPLICATE.replace("metric: temperature, ", ""),
                DUPLICATE.replace("event: 2", "event: 1"))) {
            String both = other.contains("event: 1") ? other + ", {event: 2}" : other;
            assertThat(deviations(READING, both)).as(other).hasSize(2);
        }
    }

    @Test
    void aWindowIsComparedInTheColumnsThatAreNamed() throws IOException {
        String window =
                "windows: [{sensor: s, metric: temperature, length: 1 min, start: 2026-03-02T08:00:00Z, count: 1, mean: 20.5}]\n";
        String all = "expected: [{event: 1, " + READING + "}, " + DUPLICATE + "]\n";

        assertThat(deviations(all + window)).isEmpty();
        assertThat(deviations(all + window.replace("count: 1", "count: 2")))
                .containsExactly("window of 60 s at 2026-03-02T08:00:00Z of s temperature: count is 1, expected 2");
        assertThat(deviations(all + window.replace("1 min", "2 min")))
                .containsExactly("window of 120 s at 2026-03-02T08:00:00Z of s temperature: missing");
    }
}

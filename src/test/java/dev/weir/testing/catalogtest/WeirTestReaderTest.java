package dev.weir.testing.catalogtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.weir.config.ConfigurationException;
import dev.weir.core.model.Event;
import dev.weir.testing.catalogtest.WeirTestFile.ExpectedReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a test file is read, and what is refused. */
class WeirTestReaderTest {
    private static final String GIVEN = "given:\n  - {topic: t, timestamp: 2026-03-02T08:00:00Z, text: x}\n";

    @TempDir
    Path directory;

    private WeirTestFile read(String text) throws IOException {
        return WeirTestReader.read(Files.writeString(directory.resolve("a.weir-test.yaml"), text));
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(ConfigurationException.class, () -> read(text)).problems().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }

    @Test
    void recordsFollowEachOtherInTopicTimeAndOffset() throws IOException {
        Files.writeString(directory.resolve("rows.csv"), "a\n\nb\n");

        List<Event> events =
                read("""
                        given:
                          - topic: t
                            timestamp: 2026-03-02T08:00:00Z
                            every: 10 s
                            key: k
                            headers: {h: "1"}
                            file: rows.csv
                          - {json: {"n": 21.50, "text": "21", "none": null, "list": [true, -1e3, x]}}
                          - {topic: u, partition: 2, timestamp: 2026-03-02T09:00:00.001Z, tombstone: true}
                          - base64: AAEC
                        expected: [{event: 1}, {event: 2}, {event: 3}, {event: 4}, {event: 5}]
                        """)
                        .events();

        assertThat(events)
                .extracting(event -> event.origin().toString())
                .containsExactly(
                        "t/0/0/1772438400000",
                        "t/0/1/1772438410000",
                        "t/0/2/1772438410000",
                        "u/2/0/1772442000001",
                        "u/0/0/1772442000001");
        assertThat(events)
                .extracting(event -> event.value() == null ? null : new String(event.value(), UTF_8))
                .containsExactly(
                        "a",
                        "b",
                        "{\"n\":21.50,\"text\":\"21\",\"none\":null,\"list\":[true,-1e3,\"x\"]}",
                        null,
                        "\u0000\u0001\u0002");
        assertThat(events.get(1).key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(events.get(1).header("h")).isEqualTo("1".getBytes(UTF_8));
        assertThat(events.get(2).key()).isNull();
    }

    @Test
    void anEntryGivesItsReadingsSensorTimeAndSite() throws IOException {
        WeirTestFile test = read(
                GIVEN
                        + """
                expected:
                  - event: 1
                    sensor: s
                    event-time: 2026-03-02T08:00:00.5Z
                    site: here
                    readings: {a: 1.5, b: {value: 2, unit: K, flags: [SPIKE, STUCK]}}
                """);

        assertThat(test.catalog()).isEqualTo(directory.resolve("catalog.yaml"));
        assertThat(test.readings())
                .extracting(
                        r -> r.series().metric(),
                        ExpectedReading::eventTimeMicros,
                        ExpectedReading::value,
                        ExpectedReading::unit,
                        ExpectedReading::site,
                        ExpectedReading::quality)
                .containsExactly(
                        tuple("a", 1_772_438_400_500_000L, 1.5, null, "here", 0),
                        tuple("b", 1_772_438_400_500_000L, 2.0, "K", "here", 6));
    }

    @Test
    void everyEventNeedsAVerdict() {
        assertThat(problems(GIVEN + "  - text: y\nexpected: [{event: 2}, {event: 3}]\n"))
                .containsExactly(
                        "a.weir-test.yaml:4: event does not exist: 3; write the number of an event that is given, from 1 to 2",
                        "a.weir-test.yaml:4: expected says nothing of event 1; write - event: 1, with its readings and rejects, "
                                + "or alone if it has none");
    }

    @Test
    void everyMistakeHasItsLineAndCure() {
        assertThat(
                        problems(
                                """
                        options: {weir.lake.path: x}
                        given:
                          - {text: x}
                          - {topic: t, timestamp: yesterday, text: x}
                          - {topic: t, timestamp: 2026-03-02T08:00:00Z}
                          - {text: x, json: 1}
                          - {file: missing.csv}
                          - {text: x, tpic: u}
                          - {text: x, every: soon}
                        expected:
                          - {event: 1, readings: {a: hot}}
                          - {event: 1, rejects: [{reason: LATER}, {reason: LATE, metric: m}]}
                          - {event: 2}
                        windows:
                          - {sensor: s, metric: m, length: 1 min, start: 2026-03-02T08:00:00Z, counts: 1}
                        """))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).startsWith("a.weir-test.yaml:1: weir.lake.path decides no verdict; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:3: topic is missing; "),
                        p -> assertThat(p)
                                .startsWith("a.weir-test.yaml:4: timestamp must be an instant, got \"yesterday\"; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:4: timestamp is missing; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:5: value is missing; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:6: json is one too many; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:7: file cannot be read: "),
                        p -> assertThat(p).isEqualTo("a.weir-test.yaml:8: tpic is no key here; did you mean topic?"),
                        p -> assertThat(p)
                                .startsWith("a.weir-test.yaml:9: every is wrong: \"soon\" is not a duration; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:11: sensor is missing; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:11: event-time is missing; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:11: a must be a number, got \"hot\"; "),
                        p -> assertThat(p).startsWith("a.weir-test.yaml:11: a has no value; "),
                        p -> assertThat(p)
                                .isEqualTo("a.weir-test.yaml:12: reason is not known: LATER; did you mean LATE?"),
                        p -> assertThat(p)
                                .isEqualTo("a.weir-test.yaml:15: counts is no key here; did you mean count?"));
    }

    @Test
    void avroIsWrittenByItsSchemaBehindTheIdOfARegistry() throws IOException {
        Files.writeString(
                directory.resolve("s.avsc"),
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"long\"]},"
                        + "{\"name\":\"d\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}}]}");

        WeirTestFile test = read(
                """
                given:
                  - {topic: t, timestamp: 2026-03-02T08:00:00Z, avro: {schema: s.avsc, id: 258, value: {n: 3, d: "1.5"}}}
                  - {avro: {schema: s.avsc, value: {n: null, d: -0.01}}}
                expected: [{event: 1}, {event: 2}]
                """);

        // Magic 0, id 0x0102; branch 1 and zigzag 3; one byte would do for 150, were it not for the sign.
        assertThat(test.events().get(0).value()).containsExactly(0, 0, 0, 1, 2, 2, 6, 4, 0, (byte) 150);
        assertThat(test.events().get(1).value()).containsExactly(0, 2, (byte) 0xFF);
        assertThat(test.schemas()).containsOnlyKeys(258L);
    }
}

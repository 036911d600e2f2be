package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} shows of a catalog with several inputs, and how it judges a sample with one of them. */
class SampleInputsTest {
    private static final String CATALOG =
            """
            version: 2
            inputs:
              - topics: [gateways]
                format: json
                each: /readings
                fields:
                  sensor-id: {join: [^/gateway, /node], separator: "/"}
                  event-time: {field: /ts, format: epoch-seconds}
                  metric: /name
                  value: /v
                  site: ^/site
              - topic-pattern: zigbee\\..*
                format: json
                fields: {sensor-id: {topic: 'zigbee\\.(.+)'}, event-time: {timestamp: true}}
                readings: {"*": ""}
              - topics: [avro]
                format: avro
                avro: {registry: {url: "https://registry:8081", user: u, password: hunter2}}
                fields: {sensor-id: id, event-time: t, metric: m, value: v}
              - format: json
                unwrap: {field: /p, encoding: base64}
                each: ""
                fields: {sensor-id: {key: true}, event-time: {timestamp: true}, site: {constant: north}}
                readings: {temperature: ""}
            unknown-metric: ignore
            metrics:
              temperature: {unit: Cel, scale: 0.1, offset: -40}
              contact: {values: {"ON": 1, "OFF": 0}}
            """;

    private static final String GATEWAY =
            """
            {"gateway": "g", "readings": [{"node": 1, "ts": 1700000000, "name": "temperature", "v": 600},
              {"node": 1, "ts": 1700000010, "name": "temperature", "v": 601},
              {"node": 2, "ts": 1700000010, "name": "temperature", "v": null},
              {"node": 2, "ts": 1700000020, "name": "noise", "v": 1}]}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(
                directory.resolve("config.yaml"),
                """
                weir.kafka.bootstrap-servers: localhost:9092
                weir.kafka.topics: [gateways, zigbee.kitchen, avro, other]
                weir.dead-letter.topic: dlq
                weir.lake.path: file:///tmp/lake
                execution.checkpointing.interval: 10 s
                """);
        Files.writeString(directory.resolve("catalog.yaml"), CATALOG);
    }

    @Test
    void showsEachInput() {
        assertThat(execute()).isZero();
        assertThat(out.toString())
                .contains(
                        """
                        catalog: gateways: json, long layout, event time from [/ts] as [epoch-seconds] in UTC
                          items: each element of /readings
                          sensor from {join: [^/gateway, /node], separator: /}, site from ^/site
                          metric from /name, value from /v
                        catalog: topics like zigbee\\..*: json, wide layout, event time is the record's timestamp
                          sensor from {topic: zigbee\\.(.+)}
                          readings: every member of the item
                        catalog: avro: avro, long layout, event time from [t] as [iso-8601, epoch-millis] in UTC
                          schemas: from https://registry:8081
                          sensor from id
                          metric from m, value from v
                        catalog: json, wide layout, event time is the record's timestamp
                          items: the JSON in the base64 of /p, then each element of what is there itself
                          sensor from {key: true}, site from {constant: north}
                          readings: temperature from the item itself
                        2 metrics, unknown metrics ignored, quota none
                          temperature: Cel, -Infinity to Infinity, sent x 0.1 - 40
                          contact: no unit, -Infinity to Infinity, ON is 1.0, OFF is 0.0
                        """)
                .doesNotContain("hunter2");
    }

    @Test
    void judgesASampleAsTheFirstInputsTopic() throws IOException {
        assertThat(sample(GATEWAY)).isZero();
        assertThat(out.toString())
                .contains("  The events count as records of gateways;", ", 1 events: 1 decoded, 0 rejected")
                .contains("  3 readings: 2 accepted (0 of them flagged), 1 rejected")
                .contains("  MISSING_FIELD: 1, first in event 1 (temperature): item 2: ")
                .contains("look at: no event has the field ^/site\n")
                .doesNotContain("field /node", "field /v", "jump");
    }

    @Test
    void judgesASampleAsTheTopicThatTheUserNames() throws IOException {
        assertThat(sample("{\"temperature\": 650, \"linkquality\": 80}\n", "--topic", "zigbee.hall"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "The events count as records of zigbee.hall",
                        ", 1 events: 1 decoded",
                        "1 readings: 1 accepted");
    }

    @Test
    void saysThatAFileHasNoKeys() throws IOException {
        assertThat(sample("{\"p\": \"WzFd\"}\n", "--topic", "other")).isEqualTo(1);
        assertThat(out.toString())
                .contains("look at: a file has no keys and no headers, so these are absent: {key: true}\n")
                .contains("MISSING_FIELD: 1, first in event 1: item 0: sensor");
    }

    @Test
    void saysWhichTopicsThereAre() throws IOException {
        Files.writeString(
                directory.resolve("catalog.yaml"),
                CATALOG.replaceAll("(?s)  - format: json\n    unwrap.*?(?=unknown)", ""));
        Files.writeString(
                directory.resolve("config.yaml"),
                Files.readString(directory.resolve("config.yaml")).replace(", other", ""));
        assertThat(sample(GATEWAY, "--topic", "x")).isEqualTo(1);
        assertThat(err.toString())
                .contains("--topic x: no input of the catalog takes this topic;"
                        + " inputs are for gateways; what matches zigbee\\..*; avro");
    }

    @Test
    void takesAnArrayForAnEventOnALineOfItsOwnOrOverLines() throws IOException {
        Files.writeString(
                directory.resolve("catalog.yaml"),
                """
                version: 2
                inputs:
                  - format: json
                    each: ""
                    fields: {sensor-id: /id, event-time: {timestamp: true}}
                    readings: {temperature: /t}
                metrics: {temperature: }
                """);
        assertThat(sample("[{\"id\": 1, \"t\": 1}, {\"id\": 2, \"t\": 2}]\n[]\n[{\"id\": 3, \"t\": 3}]\n"))
                .isZero();
        assertThat(out.toString()).contains(", 3 events: 3 decoded, 0 rejected, 1 without any reading", "3 readings");
        out.getBuffer().setLength(0);
        assertThat(sample("[\n{\"id\": 1, \"t\": 1},\n{\"id\": 2, \"t\": 2}\n]\n[\n]\n"))
                .isZero();
        assertThat(out.toString()).contains(", 2 events: 2 decoded, 0 rejected, 1 without any reading", "2 readings");
    }

    @Test
    void takesABareNumberForAnEvent() throws IOException {
        Files.writeString(
                directory.resolve("catalog.yaml"),
                """
                version: 2
                inputs:
                  - topics: gateways
                    format: json
                    fields: {sensor-id: {topic: "(.*)"}, event-time: {timestamp: true}}
                    readings: {temperature: ""}
                  - format: json
                    fields: {sensor-id: {topic: "(.*)"}, event-time: {timestamp: true}}
                    readings: {temperature: ""}
                metrics: {temperature: }
                """);
        assertThat(sample("21.5\n22\n")).isZero();
        assertThat(out.toString()).contains(", 2 events: 2 decoded, 0 rejected");
    }

    private int sample(String content, String... more) throws IOException {
        Path file = directory.resolve("sample");
        Files.writeString(file, content);
        List<String> arguments = new ArrayList<>(List.of("--sample", file.toString()));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--conf-dir", directory.toString()));
        arguments.addAll(List.of(more));
        return Weir.commandLine(new ConfigLoader(), (config, flink, choices) -> 0)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}

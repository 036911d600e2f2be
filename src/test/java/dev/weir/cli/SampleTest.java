package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check --sample} says of a sample, by the job's own core. */
class SampleTest {
    private static final String JSON_CATALOG =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: /device/id
                event-time: {field: ts, format: iso-8601}
                site: /device/site
              readings: {temperature: /data/temperature, humidity: /data/humidty}
            metrics:
              temperature: {unit: °C, min: -40, max: 60}
              humidity: {unit: "%", optional: true}
            """;

    private static final String CSV_CATALOG =
            """
            version: 1
            input:
              format: csv
              fields: {sensor-id: id, event-time: {field: at, format: "FORMAT"}, metric: m, value: v}
              csv: {header: [id, at, m, v], separator: ";"}
            metrics:
              t: {unit: Cel}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeOptions() throws IOException {
        Files.writeString(
                directory.resolve("config.yaml"),
                """
                weir.kafka.bootstrap-servers: localhost:9092
                weir.kafka.topics: sensors
                weir.lake.path: file:///tmp/lake
                execution.checkpointing.interval: 10 s
                """);
    }

    @Test
    void countsEventsReadingsAndRejectsAndNamesFieldsThatNoEventHas() throws IOException {
        String text =
                """
                {"device":{"id":7},"ts":"2026-03-01T12:00:00Z","data":{"temperature":20.5,"humidity":40}}
                {"device":{"id":7},"ts":"2026-03-01T12:00:10Z","data":{"temperature":99,"humidity":41}}

                {"device":{"id":7},"ts":"2026-03-01T12:00:10Z","data":{"temperature":20.6}}
                {"device":{"id":7},"ts":"2026-03-01T12:00:10Z","data":{"temperature":20.6}}
                {"device":"{\\"id\\":7}","ts":"2026-03-01T12:00:20Z"}
                {"device":
                """;
        assertThat(check(JSON_CATALOG, text)).isZero();
        assertThat(out.toString())
                .contains("note: ", "catalog.yaml:10: metrics.temperature.unit \"°C\" is Cel")
                .contains("6 events: 4 decoded, 2 rejected", "4 readings: 2 accepted (0 of them flagged), 2 rejected")
                .contains("  MALFORMED: 1, first in event 6: not JSON")
                .contains(
                        "  MISSING_FIELD: 1, first in event 5: sensor \"/device/id\": /device is a text that holds JSON")
                .contains("  OUT_OF_RANGE: 1, first in event 2 (temperature): 99.0 is outside -40.0 to 60.0")
                .contains("  DUPLICATE: 1, first in event 4 (temperature): same value")
                .contains("look at: no event has the field /data/humidty, which is mapped to humidity\n")
                .contains("look at: no event has the field /device/site\n")
                .doesNotContain("jump");
    }

    @Test
    void endsWithOneWhereNoReadingWouldBeAccepted() throws IOException {
        assertThat(check(JSON_CATALOG, "{\"device\":{\"id\":7},\"ts\":\"2026-03-01T12:00:00Z\",\"data\":{}}"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("1 events: 1 decoded, 0 rejected", "MISSING_FIELD: 1");
        assertThat(check(JSON_CATALOG, "")).isEqualTo(1);
        assertThat(out.toString()).contains("the sample has no event");
    }

    @Test
    void readsADocumentThatIsLaidOutOverLines() throws IOException {
        String event =
                "{\n  \"device\": {\"id\": \"a}\\\"\"},\n  \"ts\": \"2026-03-01T12:00:00Z\",\n  \"data\": {\"temperature\": 1}\n}\n";
        assertThat(check(JSON_CATALOG, event + event.replace("12:00:00", "12:00:01")))
                .isZero();
        assertThat(out.toString()).contains("2 events: 2 decoded, 0 rejected", "2 readings: 2 accepted");
    }

    private static final String TWO_INPUTS =
            """
            version: 2
            inputs:
              - topics: [sensors]
                format: json
                fields: {sensor-id: {key: true}, event-time: {timestamp: true}}
                readings: {"*": ""}
              - topics: [gateways]
                format: json
                each: ""
                fields: {sensor-id: id, event-time: {timestamp: true}}
                readings: {"*": ""}
            unknown-metric: accept
            metrics: {}
            """;

    @Test
    void theTopicSaysWhichInputReadsTheSample() throws IOException {
        Files.writeString(
                directory.resolve("config.yaml"),
                """
                weir.kafka.bootstrap-servers: localhost:9092
                weir.kafka.topics: sensors; gateways
                weir.dead-letter.topic: rejected
                weir.lake.path: file:///tmp/lake
                execution.checkpointing.interval: 10 s
                """);

        assertThat(check(TWO_INPUTS, "[{\"id\":1,\"t\":1},{\"id\":2,\"t\":2},{}]\n[]\n", "--topic", "gateways"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "2 events: 2 decoded, 0 rejected, 1 without any reading",
                        "3 readings: 2 accepted",
                        "item 2: sensor")
                .contains("The events count as records of gateways")
                .doesNotContain("no event has the field", "keys and no headers");
        assertThat(check(TWO_INPUTS, "{\"t\":1}\n")).isEqualTo(1);
        assertThat(out.toString())
                .contains("MISSING_FIELD: 1, first in event 1: sensor", "The events count as records of sensors")
                .contains("a file has no keys and no headers");
        assertThat(check(TWO_INPUTS, "{}", "--topic", "others")).isEqualTo(1);
        assertThat(err.toString()).contains("--topic others: no input of the catalog takes this topic");
    }

    /** 6 January 2026, 9 o'clock and the days after, written month first and read day first: six neighbours lie in six months. */
    @Test
    void findsDayAndMonthThatAreExchanged() throws IOException {
        StringBuilder rows = new StringBuilder("id;at;m;v\n");
        for (int day = 6; day <= 11; day++) {
            rows.append("a;01/%02d/2026 09:00;t;%d%n".formatted(day, day));
        }
        assertThat(check(CSV_CATALOG.replace("FORMAT", "dd/MM/yyyy HH:mm"), rows.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("6 events: 6 decoded")
                .contains("the first row is the header and was left out")
                .contains(
                        "5 event times jump by a month or more from the previous one of the same sensor, first event 2"
                                + " (2026-07-01T09:00), after 2026-06-01T09:00")
                .contains("day and month are most likely exchanged: read by \"MM/dd/yyyy HH:mm\" instead of"
                        + " \"dd/MM/yyyy HH:mm\", 0 would jump");
    }

    @Test
    void saysThatBothOrdersArePossible() throws IOException {
        String rows = "a;06/01/2026 09:00;t;1\na;06/01/2026 09:01;t;2\n";
        assertThat(check(CSV_CATALOG.replace("FORMAT", "dd/MM/yyyy HH:mm"), rows))
                .isZero();
        assertThat(out.toString())
                .contains("both orders of day and month are possible")
                .doesNotContain("jump");
        String later = "a;13/01/2026 09:00;t;1\n";
        out.getBuffer().setLength(0);
        assertThat(check(CSV_CATALOG.replace("FORMAT", "dd/MM/yyyy HH:mm"), rows + later))
                .isZero();
        assertThat(out.toString()).doesNotContain("look at");
    }

    @Test
    void findsMinutesThatAreTakenForMonths() throws IOException {
        String rows = "a;2026-03-05 09:01;t;1\na;2026-03-05 09:02;t;2\na;2026-03-05 09:03;t;3\n";
        assertThat(check(CSV_CATALOG.replace("FORMAT", "yyyy-mm-dd HH:MM"), rows))
                .isZero();
        assertThat(out.toString())
                .contains("note: ", "with a month (M) behind the hour")
                .contains("2 event times jump by a month or more", "M the month, m the minute");
    }

    @Test
    void readsRowsWithQuotedColumns() throws IOException {
        String rows = "\"a\";2026-03-05T09:01:00Z;\"t\";1\nb;2026-03-05T09:02:00Z;t;\"2\"\n";
        assertThat(check(CSV_CATALOG.replace("FORMAT", "iso-8601"), rows)).isZero();
        assertThat(out.toString()).contains("2 events: 2 decoded, 0 rejected", "2 readings: 2 accepted");
    }

    @Test
    void takesAnEarliestTimeOfAnyYear() throws IOException {
        Files.writeString(
                directory.resolve("config.yaml"),
                "weir.time.earliest: 0001-01-01T00:00:00Z\n",
                StandardOpenOption.APPEND);
        assertThat(check(CSV_CATALOG.replace("FORMAT", "iso-8601"), "a;0001-03-05T09:01:00Z;t;1\n"))
                .isZero();
        assertThat(out.toString()).contains("1 readings: 1 accepted");
    }

    @Test
    void saysWhichSampleCannotBeRead() throws IOException {
        Files.writeString(directory.resolve("catalog.yaml"), JSON_CATALOG);
        Path missing = directory.resolve("none.json");
        assertThat(execute(missing)).isEqualTo(1);
        assertThat(err.toString()).contains("--sample " + missing + " cannot be read: NoSuchFileException");
    }

    private int check(String catalog, String sample, String... more) throws IOException {
        Files.writeString(directory.resolve("catalog.yaml"), catalog);
        Path file = directory.resolve("sample");
        Files.write(file, sample.getBytes(StandardCharsets.UTF_8));
        return execute(file, more);
    }

    private int execute(Path sample, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("check", "--conf-dir", directory.toString(), "--sample", sample.toString()));
        arguments.addAll(List.of(more));
        return Weir.commandLine(new ConfigLoader(), (config, flink, choices) -> 0)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }
}

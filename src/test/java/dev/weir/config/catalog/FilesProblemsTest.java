package dev.weir.config.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.parse.Problems;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in an input that reads files is named with its line, the cause and the cure. */
class FilesProblemsTest {
    private static final String GOOD =
            """
            version: 2
            inputs:
              - topics: [file-events]
                files:
                  announcement: s3
                  allow: ["s3://plant-raw/"]
                  remember: 1 d
                  period: 1 h
                  compression: auto
                format: csv
                csv: {header: first-line}
                fields:
                  sensor-id: {path: '.*/([^/]+)/[^/]+\\.csv\\.gz'}
                  event-time: {field: ts, format: epoch-seconds}
                readings: {temperature: temp}
              - topics: [plain]
                format: json
                fields: {sensor-id: id, event-time: t, metric: m, value: v}
            metrics:
              temperature: {unit: Cel, lateness: 1 h}
              humidity: {unit: "%", lateness: 5 min}
            """;

    @Test
    void theBaseIsGood() {
        assertThat(problems(GOOD, null)).isEmpty();
        // The one metric of the files has its own lateness.
        assertThat(problems(GOOD, Duration.ofMinutes(1))).isEmpty();
    }

    /** A ¶ stands for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            announcement: s3¶ | ¶ | 4 | inputs[0].files.announcement is missing; write s3, gcs or paths
            announcement: s3 | announcement: sqs | 5 | inputs[0].files.announcement must be s3 or gcs or paths, got "sqs"
            announcement: s3 | anouncement: s3 | 5 | inputs[0].files.anouncement is not a key of the catalog; did you mean announcement?
            announcement: s3 | announcement: gcs | 6 | inputs[0].files.allow has an entry below which no announced file can be: s3://plant-raw/; begin with gs://, as the files
            allow: ["s3://plant-raw/"]¶ | ¶ | 4 | inputs[0].files.allow is missing; write how the URIs of the files begin: ["s3://<bucket>/"]
            allow: ["s3://plant-raw/"] | allow: [] | 6 | inputs[0].files.allow is empty, so no file could be read; write for instance ["s3://<bucket>/"]
            allow: ["s3://plant-raw/"] | allow: {} | 6 | inputs[0].files.allow must be a text
            allow: ["s3://plant-raw/"] | allow: [/data/in] | 6 | inputs[0].files.allow has an entry without a scheme: /data/in; write file:///data/in
            allow: ["s3://plant-raw/"] | allow: [plant-raw] | 6 | inputs[0].files.allow has an entry that is no URI with a scheme, such as s3://bucket/key or file:///directory/name: plant-raw; write for instance ["s3://<bucket>/"]
            allow: ["s3://plant-raw/"] | allow: [""] | 6 | inputs[0].files.allow has an entry that is no URI with a scheme
            allow: ["s3://plant-raw/"] | allow: ["3s://b/"] | 6 | inputs[0].files.allow has an entry that is no URI with a scheme
            allow: ["s3://plant-raw/"] | allow: ["s3://a b/"] | 6 | inputs[0].files.allow has an entry that has an authority with other characters than
            allow: ["s3://plant-raw/"] | allow: ["s3://key:secret@b/"] | 6 | inputs[0].files.allow has an entry that contains a password: configure credentials in Flink; write for instance
            allow: ["s3://plant-raw/"] | allow: ["s3:///b/"] | 6 | inputs[0].files.allow has an entry that names no bucket or host: s3:///b/
            allow: ["s3://plant-raw/"] | allow: ["s3://b/../../c"] | 6 | inputs[0].files.allow has an entry that climbs above the root with ..: s3://b/../../c
            allow: ["s3://plant-raw/"] | allow: ["s3://b/%2e%2e/c"] | 6 | inputs[0].files.allow has an entry that contains an encoded dot segment
            allow: ["s3://plant-raw/"] | allow: ["file://data/in"] | 6 | inputs[0].files.allow has an entry that names a host, which a local file has not
            allow: ["s3://plant-raw/"] | allow: ["s3a://plant-raw/"] | 6 | inputs[0].files.allow has an entry below which no announced file can be: s3a://plant-raw/; begin with s3://
            allow: ["s3://plant-raw/"] | allow: ["s3://b/*.csv"] | 6 | inputs[0].files.allow has an entry with a *, which is no wildcard here: s3://b/*.csv; name the directory
            allow: ["s3://plant-raw/"] | allow: ["s3://b/a/", "S3://b/x/../a"] | 6 | inputs[0].files.allow names s3://b/a twice; keep one of the two
            remember: 1 d | remember: 0 | 7 | inputs[0].files.remember must be at least 1 s, got 0 ms; write for instance 1 d
            remember: 1 d | remember: 1 | 7 | inputs[0].files.remember is wrong: "1" has no unit
            period: 1 h | period: 0 | 8 | inputs[0].files.period must be longer than 0, got 0
            period: 1 h | period: 2 h | 20 | metrics.temperature.lateness must be >= inputs[0].files.period (2 h), got 1 h; raise it to at least 2 h
            readings: {temperature: temp} | readings: {temperature: temp, humidity: h} | 21 | metrics.humidity.lateness must be >= inputs[0].files.period (1 h), got 5 min
            , lateness: 1 h | | 8 | inputs[0].files.period must be <= weir.time.lateness (10 min), got 1 h; raise weir.time.lateness to at least 1 h
            compression: auto | compression: gzip | 9 | inputs[0].files.compression must be auto or none, got "gzip"
            format: csv | format: senml | 10 | inputs[0].format senml has no place beside files; write json, csv, avro or parquet
            format: csv | format: avro¶    avro: {schema: a.avsc} | 11 | inputs[0].avro has no place beside files: an Avro file holds its own schema; remove it
            format: csv | format: parquet | 11 | inputs[0].csv has no place beside format parquet
            csv: {header: first-line} | csv: {} | 11 | inputs[0].csv.header is missing; write csv: {header: [<column>, <column>]}, all columns in order, or csv: {header: first-line}
            csv: {header: first-line} | csv: {header: [ts]} | 15 | inputs[0].readings.temperature names no column of inputs[0].csv.header: temp
            {field: ts, format: epoch-seconds} | /ts | 14 | inputs[0].fields.event-time is a JSON pointer in a CSV input: /ts
            {path: '.*/([^/]+)/[^/]+\\.csv\\.gz'} | {path: '.*'} | 13 | inputs[0].fields.sensor-id.path must have one group, got 0: .*; put ( and ) around the part
            {path: '.*/([^/]+)/[^/]+\\.csv\\.gz'} | {join: [{path: '('}]} | 13 | inputs[0].fields.sensor-id.join[0].path is not a regular expression (Unclosed group): (
            {path: '.*/([^/]+)/[^/]+\\.csv\\.gz'} | {} | 13 | inputs[0].fields.sensor-id does not say where it comes from; write one of field, key, header, topic, path, constant and join
            format: json | format: parquet | 17 | inputs[1].format parquet is only for files: a record of a topic is one event; describe the files at files, or write json
            format: json | format: csv¶    csv: {header: first-line} | 18 | inputs[1].csv.header first-line is only for files: a record of a topic is one row
            {sensor-id: id, event-time: t | {sensor-id: {path: '(.*)'}, event-time: t | 18 | inputs[1].fields.sensor-id.path is only for files: an event of a topic has no path; write topic:
            {sensor-id: id, event-time: t | {sensor-id: id, event-time: {path: '(.*)', match: '(.*)'} | 18 | inputs[1].fields.event-time.path is only for files
            {sensor-id: id, event-time: t | {sensor-id: {join: [id, {path: '(.*)'}]}, event-time: t | 18 | inputs[1].fields.sensor-id.join[1].path is only for files
            """)
    void refusesWithLineReasonAndCure(String good, String bad, int line, String message) {
        String from = good.replace('¶', '\n');
        assertThat(GOOD).contains(from);
        String to = bad == null ? "" : bad.replace('¶', '\n');
        List<String> problems = problems(GOOD.replace(from, to), Duration.ofMinutes(10));
        assertThat(problems).anyMatch(problem -> problem.startsWith("c.yaml:" + line + ": " + message));
        assertThat(problems).noneMatch(problem -> problem.contains("secret"));
    }

    @Test
    void comparesThePeriodWithTheLatenessOfEveryMetricThatTheFilesMayHold() {
        String wide = "readings: {temperature: temp}";
        String rest = GOOD.replace("temp}\n", "temp, other: o}\n");
        // A metric that is not listed has the pipeline's lateness.
        assertThat(problems(rest.replace("metrics:", "unknown-metric: accept\nmetrics:"), Duration.ofMinutes(10)))
                .singleElement()
                .asString()
                .contains("weir.time.lateness (10 min)");
        String any = GOOD.replace("    " + wide + "\n", "      metric: m\n      value: v\n");
        assertThat(problems(any, Duration.ofHours(1)))
                .singleElement()
                .asString()
                .contains("metrics.humidity.lateness must be >= inputs[0].files.period (1 h), got 5 min");
    }

    @Test
    void aWholeMachineIsWorthANote() {
        assertThat(notes(GOOD)).isEmpty();
        assertThat(notes(
                        GOOD.replace("announcement: s3", "announcement: paths").replace("s3://plant-raw/", "file:///")))
                .containsExactly(
                        "c.yaml:6: inputs[0].files.allow has file:///, which allows every file of the machine that"
                                + " the process may read");
    }

    private static List<String> notes(String text) {
        Problems problems = new Problems();
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        return problems.notes();
    }

    private static List<String> problems(String text, Duration lateness) {
        Problems problems = new Problems();
        Surroundings surroundings = new Surroundings(Duration.ofSeconds(10), lateness, List.of(), null, name -> "");
        new CatalogReader().read("c.yaml", text, surroundings, problems);
        return problems.list().stream().map(Object::toString).toList();
    }
}

package dev.weir.config.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Metric.Action;
import dev.weir.core.catalog.Quota;
import dev.weir.core.catalog.Rate;
import dev.weir.core.model.Flag;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogReaderTest {
    static final String WIDE =
            """
            version: 1
            input:
              format: csv
              fields:
                sensor-id: station
                event-time: {fields: [year, month, day, hour], format: "yyyy M d H", zone: Asia/Shanghai}
              readings: {temperature: TEMP, humidity: HUM}
              csv: {header: [station, year, month, day, hour, TEMP, HUM], separator: " "}
              null-values: [NA]
              lenient-numbers: true
            metrics:
              temperature: {max-rate: 5/10s, on: {out-of-range: flag, stuck: reject}}
              humidity: {optional: true}
            """;

    @Test
    void readsACatalogThatUsesEverything() throws IOException {
        String text;
        try (InputStream in = getClass().getResourceAsStream("/config/design-catalog.yaml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Catalog catalog = good(text);

        Input input = catalog.inputs().get(0);
        assertThat(input)
                .isEqualTo(Input.flat(
                        Input.Format.JSON,
                        Input.Fields.named(
                                "sensor_id",
                                Input.EventTime.named(List.of("event_time"), List.of("epoch-millis"), "UTC"),
                                "metric",
                                "value",
                                "unit",
                                "site"),
                        Map.of(),
                        null,
                        Set.of("", "NA", "NAN"),
                        false));
        assertThat(catalog.metrics().keySet()).containsExactly("temperature", "humidity");
        assertThat(catalog.metrics().get("temperature"))
                .isEqualTo(new Metric(
                        "temperature",
                        "Cel",
                        new Metric.Limits(
                                -40,
                                125,
                                new Rate(BigDecimal.TEN, Duration.ofMinutes(1)),
                                Duration.ofHours(2),
                                List.of(-9999.0)),
                        Map.of(Flag.OUT_OF_RANGE, Action.REJECT, Flag.SPIKE, Action.FLAG, Flag.STUCK, Action.FLAG),
                        Duration.ofHours(1),
                        false));
        assertThat(catalog.metrics().get("humidity").optional()).isTrue();
        assertThat(catalog.acceptUnknownMetrics()).isFalse();
        assertThat(catalog.quota()).isEqualTo(new Quota(new Rate(new BigDecimal(50), Duration.ofSeconds(1)), 500));
    }

    @Test
    void readsAWideCsvCatalog() {
        Catalog catalog = good(WIDE);
        assertThat(catalog.inputs().get(0).eventTime())
                .isEqualTo(Input.EventTime.named(
                        List.of("year", "month", "day", "hour"), List.of("yyyy M d H"), "Asia/Shanghai"));
        assertThat(catalog.inputs().get(0).readings().listed())
                .containsExactly(
                        Map.entry("temperature", new FieldSource.Field("TEMP")),
                        Map.entry("humidity", new FieldSource.Field("HUM")));
        assertThat(catalog.inputs().get(0).csv().separator()).isEqualTo(' ');
        assertThat(catalog.inputs().get(0).lenientNumbers()).isTrue();
        assertThat(catalog.inputs().get(0).nullValues()).containsExactly("NA");
        Metric temperature = catalog.metrics().get("temperature");
        assertThat(temperature.maxRate()).isEqualTo(new Rate(new BigDecimal(5), Duration.ofSeconds(10)));
        assertThat(temperature.on()).containsEntry(Flag.OUT_OF_RANGE, Action.FLAG);
        assertThat(temperature.on()).containsEntry(Flag.STUCK, Action.REJECT);
        assertThat(temperature.min()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(catalog.metrics().get("humidity").optional()).isTrue();
        assertThat(catalog.quota()).isNull();
    }

    @Test
    void takesAPlainFieldAsEventTimeAndSeveralFormats() {
        String text = WIDE.replaceAll("event-time: .*", "event-time: hour");
        assertThat(good(text).inputs().get(0).eventTime())
                .isEqualTo(Input.EventTime.named(List.of("hour"), List.of("iso-8601", "epoch-millis"), "UTC"));
        String list = WIDE.replace("format: \"yyyy M d H\"", "format: [\"yyyy M d H\", iso-8601]");
        assertThat(good(list).inputs().get(0).eventTime().formats()).containsExactly("yyyy M d H", "iso-8601");
    }

    @Test
    void reportsEveryProblemAtItsLine() {
        Problems problems = new Problems();
        String text = WIDE.replace("version: 1", "version: 3")
                .replace("zone: Asia/Shanghai", "zone: Asia/Shangai")
                .replace("humidity: {optional", "humidity: {optoinal");
        new CatalogReader().read("c.yaml", text, Duration.ZERO, problems);
        assertThat(problems.list())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "c.yaml:1: version must be 1 or 2, got 3; write version: 2, which has a list of inputs,"
                                + " or version: 1, in the form that flink-conf/catalog.yaml shows",
                        "c.yaml:6: input.fields.event-time.zone is not a time zone: \"Asia/Shangai\"; did you mean Asia/Shanghai?",
                        "c.yaml:13: metrics.humidity.optoinal is not a key of the catalog; did you mean optional?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            format: csv               | format: xml              | 3  | input.format must be json or csv, got "xml"
            format: csv               | format: json             | 8  | input.csv has no place beside format json
            sensor-id: station        | sensor-id: /station      | 5  | input.fields.sensor-id is a JSON pointer in a CSV input: /station
            sensor-id: station        | sensor-id: statoin       | 5  | input.fields.sensor-id names no column of input.csv.header: statoin; did you mean station?
            sensor-id: station        | metric: TEMP             | 4  | input.fields.sensor-id is missing
            sensor-id: station        | {sensor-id: station      | 5  | not YAML
            HUM], sep                 | TEMP], sep               | 8  | input.csv.header names column TEMP twice
            separator: " "            | separator: "::"          | 8  | input.csv.separator must be one character
            yyyy M d H                | yyyy q{ M                | 6  | input.fields.event-time.format is not a time format: "yyyy q{ M"
            "yyyy M d H"              | epoch-milis              | 6  | input.fields.event-time.format is not a time format: "epoch-milis"; did you mean epoch-millis?
            "yyyy M d H"              | [epoch-seconds, epoch-millis] | 6 | input.fields.event-time.format lists epoch-millis after epoch-seconds, which reads every number: epoch-millis never counts; keep the one that the sensors send
            "yyyy M d H"              | [iso-8601, yyyy M d, iso-8601] | 6 | input.fields.event-time.format names "iso-8601" twice; keep one of the two
            separator: " "            | short-rows: maybe        | 8  | input.csv.short-rows must be absent or reject, got "maybe"
            "yyyy M d H"              | "DD.MM.YYYY"             | 6  | input.fields.event-time.format "DD.MM.YYYY" names no full date; write dd.MM.yyyy
            "yyyy M d H"              | "%d.%m.%Y"               | 6  | input.fields.event-time.format "%d.%m.%Y" names no full date; write dd.MM.yyyy
            "yyyy M d H"              | "%Y-%m-%dT%H:%M:%S"      | 6  | input.fields.event-time.format is not a time format: "%Y-%m-%dT%H:%M:%S"; write yyyy-MM-dd'T'HH:mm:ss
            "yyyy M d H"              | "HH:mm"                  | 6  | input.fields.event-time.format "HH:mm" names no full date
            zone: Asia/Shanghai       | zone: Europe/Berlin, overlap: both | 6 | input.fields.event-time.overlap must be earlier or later or advance, got "both"
            zone: Asia/Shanghai       | overlap: advance         | 6  | input.fields.event-time.overlap has no meaning in UTC, whose clocks never go back; name the sensors' zone
            humidity: HUM             | pressure: HUM            | 7  | input.readings.pressure is not in metrics, and unknown-metric is reject; add it to metrics
            lenient-numbers: true     | lenient-numbers: yes     | 10 | input.lenient-numbers must be true or false, got "yes"
            optional: true            | min: 3, max: 2           | 13 | metrics.humidity.min must be <= max (2), got 3; swap the two or correct one
            optional: true            | min: low                 | 13 | metrics.humidity.min must be a number, got "low"
            optional: true            | unit: hpa                | 13 | metrics.humidity.unit is not a unit: "hpa"; did you mean "hPa"? If not, write {hpa}
            optional: true            | unit: C                  | 13 | metrics.humidity.unit "C" is the coulomb of UCUM; write Cel for degrees Celsius
            optional: true            | unit: ""                 | 13 | metrics.humidity.unit is empty
            optional: true            | unit: "a\tb"             | 13 | metrics.humidity.unit is not a unit
            optional: true            | lateness: 5 s            | 13 | metrics.humidity.lateness must be >= weir.time.disorder (10 s), got 5 s; raise it to at least 10 s
            optional: true            | max-rate: 0/min          | 13 | metrics.humidity.max-rate must be positive, got 0/min
            optional: true            | max-rate: -1/min         | 13 | metrics.humidity.max-rate must be positive, got -1/min
            optional: true            | max-rate: 10/m           | 13 | metrics.humidity.max-rate must be a rate, got "10/m"
            optional: true            | stuck-after: 10          | 13 | metrics.humidity.stuck-after is wrong: "10" has no unit; write a number and a unit
            optional: true            | sentinels: -9999         | 13 | metrics.humidity.sentinels must be a list of numbers; write for instance [-9999]
            optional: true            | on: {late: flag}         | 13 | metrics.humidity.on.late is not a key of the catalog; allowed: out-of-range, spike, stuck
            optional: true            | on: {spike: drop}        | 13 | metrics.humidity.on.spike must be reject or flag, got "drop"
            optional: true            | min: 1, min: 2           | 13 | key min is already set on line 13; keep one of the two
            metrics:                  | quota: {rate: 1/s, burst: 0}^metrics: | 11 | quota.burst must be a whole number >= 1, got 0
            metrics:                  | quota: {rate: 0/s, burst: 5}^metrics: | 11 | quota.rate must be positive, got 0/s
            metrics:                  | unknown-metrics: accept^metrics: | 11 | unknown-metrics is not a key of the catalog; did you mean unknown-metric?
            """)
    void refusesWithLineReasonAndCure(String good, String bad, int line, String message) {
        assertThat(WIDE).contains(good);
        Problems problems = new Problems();
        String text = WIDE.replace(good, bad.replace('^', '\n'));
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list())
                .extracting(Object::toString)
                .anyMatch(problem -> problem.startsWith("c.yaml:" + line + ": " + message)
                        || (message.equals("not YAML") && problem.contains("not YAML")));
    }

    @Test
    void readsWhatBecomesOfShortRows() {
        assertThat(good(WIDE).inputs().get(0).csv().rejectShortRows()).isFalse();
        String absent = WIDE.replace("separator: \" \"", "short-rows: absent");
        assertThat(good(absent).inputs().get(0).csv().rejectShortRows()).isFalse();
        String reject = WIDE.replace("separator: \" \"", "short-rows: reject");
        assertThat(good(reject).inputs().get(0).csv().rejectShortRows()).isTrue();
    }

    @Test
    void keepsTheTwoLayoutsApart() {
        assertThat(problems(WIDE.replace("sensor-id: station", "sensor-id: station\n    metric: TEMP")))
                .containsExactly("c.yaml:6: input.fields.metric has no place in the wide layout (input.readings); "
                        + "remove it, or remove input.readings");
        String cure = "name its field, or map the metrics of a wide event under input.readings";
        assertThat(problems(WIDE.replaceAll("  readings: .*\n", "")))
                .containsExactly(
                        "c.yaml:4: input.fields.metric is missing in the long layout; " + cure,
                        "c.yaml:4: input.fields.value is missing in the long layout; " + cure);
    }

    @Test
    void anEmptyFileNamesWhatIsMissing() {
        assertThat(problems(""))
                .anyMatch(p -> p.startsWith("c.yaml:1: version is missing"))
                .anyMatch(p -> p.startsWith("c.yaml:1: input is missing"))
                .anyMatch(p -> p.startsWith("c.yaml:1: metrics is empty"));
    }

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        return problems.list().stream().map(Object::toString).toList();
    }

    private static Catalog good(String text) {
        Problems problems = new Problems();
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        return catalog;
    }
}

package dev.weir.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.catalog.CatalogReader;
import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Metric;
import dev.weir.core.catalog.Opening;
import dev.weir.core.catalog.Scaling;
import dev.weir.core.catalog.TimeSettings;
import dev.weir.testing.generate.TestConfigs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Catalogs that between them use every key, so that each shows in a pinned fingerprint. A key that a later release adds goes
 * into a new catalog: in one of these it would change a fingerprint that must stay.
 */
final class VerdictCatalogs {
    static final String LONG_JSON =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: /device/id
                event-time:
                  field: "time, local"
                  format: [epoch-millis, iso-8601, "dd.MM.yyyy HH:mm"]
                  zone: Europe/Berlin
                  overlap: later
                metric: kind
                value: "v=1"
                unit: u
                site: /device/site
              null-values: [n/a, "", "-", Größe]
              lenient-numbers: true
            unknown-metric: accept
            quota: {rate: 2.50/90s, burst: 7}
            metrics:
              temperature: {unit: °C, min: -40, max: 125.5, max-rate: 0.10/5min, stuck-after: 26h, sentinels: [-9999,6553.5], lateness: 90s}
              humidity: {unit: "%", min: 0, max: 1e2, on: {out-of-range: flag, spike: flag, stuck: reject}, optional: true}
              "flow, in": {unit: "{widgets}", min: -1.5e-7, max-rate: 3/d, on: {spike: reject}}
              count: {max: 4294967295}
            """;

    static final String WIDE_CSV =
            """
            version: 1
            input:
              format: csv
              fields:
                sensor-id: station
                event-time: {fields: [year, month, day, hour], format: "yyyy M d H", zone: Asia/Shanghai, overlap: advance}
                site: station
              readings: {TEMP: t, PRES: p}
              csv: {header: [No, year, month, day, hour, t, p, station], separator: "\\t", short-rows: reject}
            metrics:
              TEMP: {unit: Cel, min: -25, max: 42}
              PRES: {unit: hPa, min: 975, max: 1045, stuck-after: 12 h}
            """;

    static final String DEFAULTS =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: id
                event-time: {field: t, format: epoch-millis}
                metric: m
                value: v
            metrics:
              temperature: {unit: Cel}
            """;

    /** With the two that follow it, every key of version 2 that version 1 lacks and that decides something. */
    static final String ITEMS =
            """
            version: 2
            inputs:
              - topics: [plant-1, plant-2]
                format: json
                unwrap: [/envelope, {field: /payload, encoding: base64}]
                each: [/groups, /readings]
                fields:
                  sensor-id: {join: [^^/gateway, {field: /node, match: "n-([0-9]+)"}], separator: "/"}
                  event-time: {field: /ts, format: [iso-8601, epoch-auto]}
                  metric: /name
                  value: /v
                  unit: {constant: Cel}
                  site: {topic: "plant-(.*)"}
              - topic-pattern: zigbee\\..*
                format: json
                lenient-numbers: true
                decimal-separator: ","
                grouping-separator: "."
                fields: {sensor-id: {header: device}, event-time: {timestamp: true}, site: {key: /site}}
                readings: {"*": /state, battery: {key: true}}
            unknown-metric: ignore
            metrics:
              temperature: {unit: Cel, scale: 0.10, offset: -40}
              contact: {values: {"ON": 1, "OFF": 0, true: 1, false: 0}}
              battery: {unit: "%"}
            """;

    static final String ROWS =
            """
            version: 2
            inputs:
              - format: csv
                csv: {header: [id, t, v], separator: ";", quote: "'", skip: "^#"}
                fields: {sensor-id: id, event-time: t, metric: {constant: level}, value: v}
            metrics: {level: {scale: 2}}
            """;

    static final String AVRO =
            """
            version: 2
            inputs:
              - topics: avro
                format: avro
                avro: {registry: {url: "https://registry:8081", user: weir, password: geheim}}
                fields: {sensor-id: id, event-time: t, metric: m, value: v}
              - format: senml
                fields: {sensor-id: n, event-time: t, metric: u, value: v}
            metrics: {level: {offset: 1e1}}
            """;

    /** The catalogs that between them set every field of the catalog's model. */
    static final List<String> EVERY_KEY = List.of(LONG_JSON, WIDE_CSV);

    /** Uses every field of the model that version 2 added, and some that it kept. */
    static WeirConfig everyFieldOfVersion2() {
        Input.EventTime time = new Input.EventTime(
                List.of(new FieldSource.Key(null)), List.of("iso-8601"), "Europe/Berlin", Input.Overlap.LATER);
        Input input = new Input(
                new Input.Topics(List.of("a"), "b.*"),
                new Input.Payload(
                        Input.Format.AVRO,
                        List.of(new Opening(Opening.Kind.EACH, "/r")),
                        new Input.Csv(List.of("a", "b"), ';', false, '\'', "#.*"),
                        new Avro("\"double\"", new Avro.Registry("http://r", "u", "p", Map.of()))),
                new Input.Fields(
                        new FieldSource.Topic("(.*)"),
                        time,
                        FieldSource.field("m"),
                        FieldSource.field("v"),
                        FieldSource.field("u"),
                        FieldSource.field("s")),
                new Input.Readings(Map.of("t", new FieldSource.Header("h")), "/all"),
                new Input.Texts(Set.of("-"), true, ',', '.'));
        Metric metric = new Metric(
                "t",
                "Cel",
                new Metric.Limits(0, 1, null, null, List.of()),
                Map.of(),
                null,
                false,
                new Scaling(Map.of("ON", 1.0), new BigDecimal("0.1"), new BigDecimal("-40")));
        return config(new Catalog(List.of(input), Map.of("t", metric), Catalog.UnknownMetric.IGNORE, null));
    }

    /** With times of which each has a fraction. */
    static WeirConfig config(String catalog) {
        return config(read(catalog));
    }

    private static WeirConfig config(Catalog catalog) {
        TimeSettings time = new TimeSettings(
                Duration.ofSeconds(10),
                Duration.ofMillis(3_600_500),
                Duration.ofDays(2),
                Duration.ofSeconds(30),
                Instant.parse("2001-02-03T04:05:06.789Z"));
        return TestConfigs.config(catalog, time, List.of(Duration.ofMinutes(1)));
    }

    private static Catalog read(String catalog) {
        Problems problems = new Problems();
        Catalog read = new CatalogReader().read("catalog.yaml", catalog, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        return read;
    }

    private VerdictCatalogs() {}
}

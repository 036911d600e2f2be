package dev.weir.docs;

/** The catalogs that {@code docs/catalog.md} shows. */
final class CatalogExamples {
    static final String LONG_JSON =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: sensor_id
                event-time: {field: event_time, format: epoch-millis}
                metric: metric
                value: value
                unit: unit
                site: site
            metrics:
              temperature: {unit: Cel, min: -40, max: 125, max-rate: 10/min, stuck-after: 2 h, sentinels: [-9999], on: {spike: flag}}
              humidity: {unit: "%", min: 0, max: 100}
            quota: {rate: 50/s, burst: 500}
            """;

    static final String WIDE_JSON =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: /device/id
                event-time: at
              readings: {temperature: /air/t, humidity: /air/h}
            metrics:
              temperature: {unit: Cel, min: -40, max: 60}
              humidity: {unit: "%", min: 0, max: 100, optional: true}
            """;

    static final String WIDE_CSV =
            """
            version: 1
            input:
              format: csv
              csv: {header: [station, time, temperature, humidity], separator: ";"}
              fields:
                sensor-id: station
                event-time: {field: time, format: "dd.MM.yyyy HH:mm", zone: Europe/Berlin}
              readings: {temperature: temperature, humidity: humidity}
              null-values: ["", "-"]
            metrics:
              temperature: {unit: °C, min: -40, max: 60}
              humidity: {unit: "%", min: 0, max: 100}
            """;

    /** Of version 2. */
    static final String INPUTS =
            """
            version: 2
            inputs:
              - topics: [plant-events]
                format: json
                each: /readings
                fields:
                  sensor-id: {join: [^/gateway, /node], separator: "/"}
                  event-time: {field: /ts, format: epoch-auto}
                  metric: /name
                  value: /v
              - topic-pattern: zigbee\\..*
                format: json
                fields:
                  sensor-id: {topic: 'zigbee\\.(.+)'}
                  event-time: {timestamp: true}
                readings: {"*": ""}
            unknown-metric: ignore
            metrics:
              temperature: {unit: Cel, min: -40, max: 125, scale: 0.1, offset: -40}
              state: {values: {"ON": 1, "OFF": 0}}
              battery: {unit: "%", min: 0, max: 100}
            """;

    private CatalogExamples() {}
}

package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.config.catalog.CatalogKey;
import dev.weir.config.catalog.CatalogKeys;
import dev.weir.config.catalog.CatalogReader;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Surroundings;
import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Catalog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every key of both versions of the catalog, a good catalog around it, and what the reader and the schema say of a catalog. */
final class CatalogPlaces {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(CatalogSchema.render());

    /** Has each mapping of version 1 but one, and no key that stands in the way of another. */
    static final String LONG_JSON =
            """
            version: 1
            input:
              format: json
              fields:
                sensor-id: id
                event-time: {field: ts, format: iso-8601, zone: Asia/Shanghai}
                metric: name
                value: value
            metrics: {temperature: {unit: Cel, on: {}}, humidity: {}}
            quota: {rate: 50/s, burst: 500}
            """;

    static final String WIDE_CSV =
            """
            version: 1
            input:
              format: csv
              csv: {header: [sensor_id, event_time, temperature]}
              fields: {sensor-id: sensor_id, event-time: event_time}
              readings: {temperature: temperature}
            metrics: {temperature: }
            """;

    /** As {@link #LONG_JSON}, of version 2. */
    static final String LONG_JSON_2 =
            """
            version: 2
            inputs:
              - format: json
                unwrap: {field: /data}
                fields:
                  sensor-id: id
                  event-time: {field: ts, format: iso-8601, zone: Asia/Shanghai}
                  metric: name
                  value: value
                  unit: unit
                  site: {join: [/a, ^/b], match: "(.*)"}
            metrics: {temperature: {unit: Cel, on: {}}, humidity: {}}
            quota: {rate: 50/s, burst: 500}
            """;

    static final String WIDE_CSV_2 =
            """
            version: 2
            inputs:
              - topics: rows
                format: csv
                csv: {header: [sensor_id, event_time, temperature]}
                fields: {sensor-id: sensor_id, event-time: event_time}
                readings: {temperature: temperature}
            metrics: {temperature: }
            """;

    static final String AVRO =
            """
            version: 2
            inputs:
              - format: avro
                avro: {registry: {url: "https://r", user: u, password: p}}
                fields: {sensor-id: id, event-time: {field: ts}, metric: name, value: value}
            metrics: {temperature: }
            """;

    /** As {@link #LONG_JSON_2}, in files. */
    static final String FILES = LONG_JSON_2.replace(
            "  - format: json\n", "  - format: json\n    files: {announcement: s3, allow: [\"s3://data/\"]}\n");

    private static final List<String> ORIGINS =
            List.of("field", "key", "header", "topic", "path", "constant", "join", "fields", "timestamp");

    /** A key of the catalog with the mapping that it belongs to. */
    record Place(int version, Keys keys, CatalogKey key) {
        @Override
        public String toString() {
            return "version " + version + ": " + (keys.path().isEmpty() ? "" : keys.path() + ".") + key.name();
        }
    }

    private CatalogPlaces() {}

    static Stream<Place> places() {
        return Stream.concat(places(1, CatalogKeys.VERSION_1), places(2, CatalogKeys.VERSION_2));
    }

    private static Stream<Place> places(int version, Keys root) {
        return CatalogPage.mappings(root).stream()
                .flatMap(keys -> keys.keys().stream().map(key -> new Place(version, keys, key)));
    }

    /** A good catalog, but for that key, which has the given value. */
    static String with(Place place, String value) {
        ObjectNode catalog = (ObjectNode) EditorYaml.parse(base(place));
        ObjectNode around = around(place, catalog);
        String name = place.key().name();
        boolean event = place.keys().path().endsWith("event-time")
                || place.keys().path().equals("<source>");
        if (event && ORIGINS.contains(name)) {
            around.remove(ORIGINS);
            if (name.equals("timestamp")) {
                around.removeAll();
            }
        } else if (event && name.equals("separator")) {
            around.remove(ORIGINS);
            around.set("join", EditorYaml.parse("[a, b]"));
        }
        if (place.keys().path().equals("inputs[].avro")) {
            around.removeAll();
        }
        if (name.equals("encoding") && place.keys().path().equals("inputs[]")) {
            around.put("unwrap", "/data");
        }
        if (name.equals("topic-pattern")) {
            around.remove("topics");
        }
        around.set(name, EditorYaml.parse(value));
        if (name.equals("readings")) {
            ((ObjectNode) around.get("fields")).remove(List.of("metric", "value", "unit"));
        }
        return catalog.toString();
    }

    private static String base(Place place) {
        boolean csv = place.keys().path().endsWith(".csv") || place.key().name().equals("csv");
        if (place.version() == 1) {
            return csv ? WIDE_CSV : LONG_JSON;
        }
        boolean avro =
                place.keys().path().contains("avro") || place.key().name().equals("avro");
        boolean files = place.keys().path().equals("inputs[].files")
                || place.key().name().equals("path");
        return csv ? WIDE_CSV_2 : avro ? AVRO : files ? FILES : LONG_JSON_2;
    }

    static ObjectNode around(Place place, ObjectNode catalog) {
        return (ObjectNode) find(place, catalog);
    }

    /** Returns what is where the mapping around the key should be. */
    static JsonNode find(Place place, ObjectNode catalog) {
        String path = place.keys()
                .path()
                .replace("<metric>", "temperature")
                .replace("<source>", "inputs[].fields.site")
                .replace("[]", ".0")
                .replace('.', '/');
        return catalog.at(path.isEmpty() ? "" : "/" + path);
    }

    static List<String> problems(String text) {
        Problems problems = new Problems();
        new CatalogReader().read("c.yaml", text, surroundings(), problems);
        return problems.list().stream().map(Object::toString).toList();
    }

    static Catalog read(String text) {
        Problems problems = new Problems();
        Catalog catalog = new CatalogReader().read("c.yaml", text, surroundings(), problems);
        assertThat(problems.list()).isEmpty();
        return catalog;
    }

    /** Every file that the catalog names is there. */
    private static Surroundings surroundings() {
        return new Surroundings(
                Duration.ofSeconds(10),
                Duration.ofHours(2),
                List.of(),
                null,
                name -> "{type: record, name: r, fields: [{name: id, type: string}]}".replaceAll("(\\w+)", "\"$1\""));
    }

    static List<String> complaints(String text) {
        return SCHEMA.validate(EditorYaml.parse(text)).stream()
                .map(Object::toString)
                .toList();
    }
}

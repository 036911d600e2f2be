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
import dev.weir.config.catalog.Shape;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.check.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema and the reader agree, as far as a schema can see a mistake; and what the keys say of themselves is true. */
class CatalogSchemaTest {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(CatalogSchema.render());
    /** As a block of its own, or as what a command of the page writes. */
    private static final Pattern CATALOG_IN_A_PAGE =
            Pattern.compile("^version: 1\\n.*?(?=^(?:```|END$))", Pattern.DOTALL | Pattern.MULTILINE);

    /** Has each mapping and no key that stands in the way of another. */
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

    /** A change to LONG_JSON, {@code what => by what}, after which it is wrong. */
    static final List<String> BAD = List.of(
            "version: 1 => version: 2",
            "version: 1\n => ",
            "format: json => format: xml",
            "format: json => format: csv",
            "format: json => csv: {header: [a]}\n  format: json",
            "sensor-id: id => sensor-id: /device/~2",
            "sensor-id: id => sensor-id: \"\"",
            "sensor-id: id => sensor-id: ",
            "sensor-id: id => sensor_id: id",
            "    metric: name\n => ",
            "    value: value\n => ",
            "value: value\n => value: value\n  readings: {temperature: t}\n",
            "field: ts => field: ts, fields: [a]",
            "field: ts, => ",
            "field: ts, format: iso-8601 => fields: [a, b]",
            "field: ts => fields: []",
            "format: iso-8601 => format: []",
            "format: iso-8601 => format: [iso-8601, iso-8601]",
            "format: iso-8601 => format: \"\"",
            "zone: Asia/Shanghai => overlap: later",
            "zone: Asia/Shanghai => zone: Asia/Shanghai, overlap: both",
            "metrics: {temperature: {unit: Cel, on: {}}, humidity: {}} => metrics: {}",
            "metrics: {temperature: {unit: Cel, on: {}}, humidity: {}}\n => ",
            "humidity: {} => \"\": {}",
            "humidity: {} => \"a\\tb\": {}",
            "unit: Cel => unit: C",
            "unit: Cel => unit: \"a\\tb\"",
            "unit: Cel => min: low",
            "unit: Cel => max-rate: 10/m",
            "unit: Cel => max-rate: 0/min",
            "unit: Cel => max-rate: -1/min",
            "unit: Cel => max-rate: 10",
            "unit: Cel => stuck-after: 10",
            "unit: Cel => stuck-after: -1 s",
            "unit: Cel => stuck-after: soon",
            "unit: Cel => sentinels: -9999",
            "unit: Cel => sentinels: [none]",
            "unit: Cel => optional: yes",
            "on: {} => on: {late: flag}",
            "on: {} => on: {spike: drop}",
            "rate: 50/s, => ",
            ", burst: 500 => ",
            "burst: 500 => burst: 0",
            "burst: 500 => burst: 1.5",
            "quota: { => quotas: {");

    /** A key of the catalog with the mapping that it belongs to. */
    record Place(Keys keys, CatalogKey key) {
        @Override
        public String toString() {
            return (keys.path().isEmpty() ? "" : keys.path() + ".") + key.name();
        }
    }

    static Stream<Place> places() {
        return places(CatalogKeys.ROOT);
    }

    private static Stream<Place> places(Keys keys) {
        return keys.keys().stream()
                .flatMap(key -> Stream.concat(
                        Stream.of(new Place(keys, key)),
                        Stream.ofNullable(below(key.shape())).flatMap(CatalogSchemaTest::places)));
    }

    private static Keys below(Shape shape) {
        if (shape instanceof Shape.MapOf map) {
            return below(map.value());
        }
        return shape instanceof Shape.TextOrKeys either ? either.keys() : shape instanceof Keys keys ? keys : null;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogs")
    void acceptsEveryCatalogOfTheRepository(String name, String text) {
        assertThat(problems(text)).isEmpty();
        assertThat(complaints(text)).isEmpty();
    }

    static List<Arguments> catalogs() throws IOException {
        List<Arguments> catalogs = new ArrayList<>();
        for (String root : List.of("flink-conf", "k8s-operator", "examples", "src/test/resources", "docs")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    catalogsIn(file).forEach(text -> catalogs.add(Arguments.of(file.toString(), text)));
                }
            }
        }
        return catalogs;
    }

    private static Stream<String> catalogsIn(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".yaml") && name.contains("catalog")) {
            return Stream.of(Files.readString(file));
        }
        return name.endsWith(".md")
                ? CATALOG_IN_A_PAGE.matcher(Files.readString(file)).results().map(MatchResult::group)
                : Stream.of();
    }

    @Test
    void catalogsThatNameASchemaNameThisOne() throws IOException {
        Pattern line = Pattern.compile("(?m)^# yaml-language-server: \\$schema=(.*)$");
        int named = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (var schema : line.matcher(Files.readString(file)).results().toList()) {
                    assertThat(file.resolveSibling(schema.group(1)))
                            .exists()
                            .hasSameBinaryContentAs(Path.of("docs/catalog.schema.json"));
                    named++;
                }
            }
        }
        assertThat(named).isPositive();
    }

    @ParameterizedTest
    @FieldSource("BAD")
    void refusesWhatTheReaderRefuses(String change) {
        String[] parts = change.split(" => ", -1);
        assertThat(LONG_JSON).contains(parts[0]);
        String text = LONG_JSON.replace(parts[0], parts[1]);

        assertThat(problems(text)).as("of the reader").isNotEmpty();
        assertThat(complaints(text)).as("of the schema").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void acceptsTheExampleOfAKeyAndRefusesAnotherTypeAndAMisspeltKey(Place place) {
        String good = with(place, place.key().example());
        assertThat(problems(good)).isEmpty();
        assertThat(complaints(good)).isEmpty();

        // No key takes both: a list of mappings is no text and no mapping.
        String bad = with(place, "[{a: b}]");
        assertThat(problems(bad)).isNotEmpty();
        assertThat(complaints(bad)).isNotEmpty();

        ObjectNode misspelt = (ObjectNode) EditorYaml.parse(good);
        ObjectNode around = around(place, misspelt);
        around.set(place.key().name() + "x", around.remove(place.key().name()));
        assertThat(problems(misspelt.toString()))
                .anyMatch(problem -> problem.contains(place.key().name() + "x is not a key"));
        assertThat(complaints(misspelt.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void theDefaultIsWhatCountsWhereTheKeyIsAbsent(Place place) {
        if (place.key().absent().isEmpty()) {
            return;
        }
        ObjectNode absent =
                (ObjectNode) EditorYaml.parse(with(place, place.key().example()));
        around(place, absent).remove(place.key().name());

        assertThat(read(with(place, place.key().absent()))).isEqualTo(read(absent.toString()));
        assertThat(read(with(place, place.key().example()))).isNotEqualTo(read(absent.toString()));
    }

    @Test
    void thePageNamesUnitsThatAreKnown() {
        assertThat(CatalogPage.UNITS).allMatch(Units::isKnown);
    }

    /** A good catalog, but for that key, which has the given value. */
    private static String with(Place place, String value) {
        boolean csv =
                place.keys().path().equals("input.csv") || place.key().name().equals("csv");
        ObjectNode catalog = (ObjectNode) EditorYaml.parse(csv ? WIDE_CSV : LONG_JSON);
        ObjectNode around = around(place, catalog);
        around.set(place.key().name(), EditorYaml.parse(value));
        if (place.key().name().equals("fields") && !place.keys().path().equals("input")) {
            around.remove("field");
        }
        if (place.key().name().equals("readings")) {
            ((ObjectNode) around.get("fields")).remove(List.of("metric", "value"));
        }
        return catalog.toString();
    }

    private static ObjectNode around(Place place, ObjectNode catalog) {
        return (ObjectNode) find(place, catalog);
    }

    /** Returns what is where the mapping around the key should be. */
    static JsonNode find(Place place, ObjectNode catalog) {
        String path = place.keys().path().replace("<metric>", "temperature").replace('.', '/');
        return catalog.at(path.isEmpty() ? "" : "/" + path);
    }

    static List<String> problems(String text) {
        Problems problems = new Problems();
        new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        return problems.list().stream().map(Object::toString).toList();
    }

    private static Catalog read(String text) {
        Problems problems = new Problems();
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        return catalog;
    }

    static List<String> complaints(String text) {
        return SCHEMA.validate(EditorYaml.parse(text)).stream()
                .map(Object::toString)
                .toList();
    }
}

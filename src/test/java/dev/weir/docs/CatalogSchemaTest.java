package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.core.check.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** As a block of its own, or as what a command of the page writes. */
    private static final Pattern CATALOG_IN_A_PAGE =
            Pattern.compile("^version: [12]\\n.*?(?=^(?:```|END$))", Pattern.DOTALL | Pattern.MULTILINE);

    /** A change to {@link CatalogPlaces#LONG_JSON}, {@code what => by what}, after which it is wrong. */
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogs")
    void acceptsEveryCatalogOfTheRepository(String name, String text) {
        assertThat(CatalogPlaces.problems(text)).isEmpty();
        assertThat(CatalogPlaces.complaints(text)).isEmpty();
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
        assertThat(CatalogPlaces.LONG_JSON).contains(parts[0]);
        String text = CatalogPlaces.LONG_JSON.replace(parts[0], parts[1]);

        assertThat(CatalogPlaces.problems(text)).as("of the reader").isNotEmpty();
        assertThat(CatalogPlaces.complaints(text)).as("of the schema").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.weir.docs.CatalogPlaces#places")
    void acceptsTheExampleOfAKeyAndRefusesAnotherTypeAndAMisspeltKey(CatalogPlaces.Place place) {
        String good = CatalogPlaces.with(place, place.key().example());
        assertThat(CatalogPlaces.problems(good)).isEmpty();
        assertThat(CatalogPlaces.complaints(good)).isEmpty();

        // No key takes both: a list of mappings is no text and no mapping.
        String bad = CatalogPlaces.with(place, "[{a: b}]");
        assertThat(CatalogPlaces.problems(bad)).isNotEmpty();
        assertThat(CatalogPlaces.complaints(bad)).isNotEmpty();

        ObjectNode misspelt = (ObjectNode) EditorYaml.parse(good);
        ObjectNode around = CatalogPlaces.around(place, misspelt);
        around.set(place.key().name() + "x", around.remove(place.key().name()));
        assertThat(CatalogPlaces.problems(misspelt.toString()))
                .anyMatch(problem -> problem.contains(place.key().name() + "x is not a key"));
        assertThat(CatalogPlaces.complaints(misspelt.toString())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.weir.docs.CatalogPlaces#places")
    void theDefaultIsWhatCountsWhereTheKeyIsAbsent(CatalogPlaces.Place place) {
        if (place.key().absent().isEmpty()) {
            return;
        }
        ObjectNode absent = (ObjectNode)
                EditorYaml.parse(CatalogPlaces.with(place, place.key().example()));
        CatalogPlaces.around(place, absent).remove(place.key().name());

        assertThat(CatalogPlaces.read(CatalogPlaces.with(place, place.key().absent())))
                .isEqualTo(CatalogPlaces.read(absent.toString()));
        assertThat(CatalogPlaces.read(CatalogPlaces.with(place, place.key().example())))
                .isNotEqualTo(CatalogPlaces.read(absent.toString()));
    }

    @Test
    void thePageNamesUnitsThatAreKnown() {
        assertThat(CatalogPage.UNITS).allMatch(Units::isKnown);
    }
}

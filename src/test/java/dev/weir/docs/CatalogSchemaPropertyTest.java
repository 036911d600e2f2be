package dev.weir.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.docs.CatalogPlaces.Place;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** An editor never underlines a good catalog: what the reader accepts, the schema accepts. */
class CatalogSchemaPropertyTest {
    /** Beside the values that the keys themselves name. */
    private static final List<String> VALUES = List.of(
            "",
            "~",
            "\"\"",
            "{}",
            "[]",
            "[\"\"]",
            "[a]",
            "[a, a]",
            "[1, 2]",
            "[[1]]",
            "a",
            "/a",
            "/a~1b",
            "/a~2",
            "//",
            "id",
            "ts",
            "0",
            "1",
            "-1",
            "1.5",
            "1e3",
            "\"7\"",
            "\" 7 \"",
            "+5",
            ".5",
            "5.",
            "1e999",
            "true",
            "false",
            "yes",
            "No",
            "\"true\"",
            "10 s",
            "10",
            "\"0\"",
            "1 H",
            "PT1M",
            "-1 s",
            "5/10s",
            "1e2/min",
            "0.0/s",
            "1/0s",
            "\" 5 / 2 min \"",
            "10/m",
            "C",
            "°C",
            "\"%\"",
            "{NTU}",
            "+8",
            "\"+08:00\"",
            "UTC",
            "iso-8601",
            "yyyy",
            "\"\\t\"",
            "\";\"",
            "{a: b}",
            "{temperature: id}",
            "{temperature: {}}",
            "{temperature: ~}",
            "[-9999, \"255\"]");

    record Change(Place place, String value) {}

    @Property(tries = 5000)
    void acceptsWhatTheReaderAccepts(
            @ForAll("catalogs") String base, @ForAll("changes") Change one, @ForAll("changes") Change other) {
        ObjectNode catalog = (ObjectNode) EditorYaml.parse(base);
        change(catalog, one);
        change(catalog, other);
        String text = catalog.toString();

        if (CatalogPlaces.problems(text).isEmpty()) {
            assertThat(CatalogPlaces.complaints(text)).as(text).isEmpty();
        }
    }

    private static void change(ObjectNode catalog, Change change) {
        if (CatalogPlaces.find(change.place(), catalog) instanceof ObjectNode around) {
            around.set(change.place().key().name(), EditorYaml.parse(change.value()));
        }
    }

    @Provide
    Arbitrary<String> catalogs() {
        return Arbitraries.of(
                CatalogPlaces.LONG_JSON,
                CatalogPlaces.WIDE_CSV,
                CatalogExamples.WIDE_JSON,
                CatalogPlaces.LONG_JSON_2,
                CatalogPlaces.WIDE_CSV_2,
                CatalogPlaces.AVRO,
                CatalogPlaces.FILES,
                CatalogExamples.INPUTS);
    }

    @Provide
    Arbitrary<Change> changes() {
        List<Place> places = CatalogPlaces.places().toList();
        List<String> values = Stream.concat(VALUES.stream(), places.stream().map(place -> place.key()
                        .example()))
                .toList();
        return Arbitraries.of(places).flatMap(place -> Arbitraries.of(values).map(value -> new Change(place, value)));
    }
}

package dev.weir.docs;

import static dev.weir.docs.Markdown.code;

import dev.weir.config.catalog.CatalogKey;
import dev.weir.config.catalog.CatalogKeys;
import dev.weir.config.catalog.Shape;
import dev.weir.config.catalog.Shape.Count;
import dev.weir.config.catalog.Shape.Keys;
import dev.weir.config.catalog.Shape.ListOf;
import dev.weir.config.catalog.Shape.MapOf;
import dev.weir.config.catalog.Shape.Named;
import dev.weir.config.catalog.Shape.OneOf;
import dev.weir.config.catalog.Shape.Text;
import dev.weir.config.catalog.Shape.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders {@code docs/catalog.md} from the catalog's keys. */
final class CatalogPage {
    private static final String HEAD =
            """
            # The catalog

            %s

            The catalog, `catalog.yaml`, says what the sensors send and which values are good. It is read once, when the job
            starts. [flink-conf/catalog.yaml](../flink-conf/catalog.yaml) is one to begin with. The job's other settings are
            [options](configuration.md).

            `java -jar weir-<version>-local.jar check` names every mistake with its line and the cure. `check --sample FILE` also
            judges the events of a file with it, and says which would be rejected and why.

            A changed catalog on old state begins a new generation, and judges readings from then on:
            [upgrading.md](upgrading.md#what-may-change). Only the `unit` of a metric cannot be changed.

            There are two versions of the form. Version 1 describes one kind of event, and each part of a reading is a field of
            it. Version 2 has a list of inputs, for topics of different layouts, and reads more: arrays of readings, texts that
            hold JSON, Avro and SenML, parts that come from the record's key, headers, topic or timestamp, switches that say ON
            and OFF, and numbers that need a factor. A catalog of version 1 stays as it is; to make it one of version 2, write
            its `input` as the one item of `inputs`. That begins no new generation. [Examples](examples.md) has catalogs for what
            many devices and gateways send.

            ## Examples

            One reading per event, as JSON:

            ```yaml
            %s```

            Several readings per event, as JSON:

            ```json
            {"device": {"id": "kiln-3"}, "at": "2026-03-01T12:30:00Z", "air": {"t": 21.5, "h": 40}}
            ```

            ```yaml
            %s```

            CSV, where a row is `kiln-3;01.03.2026 12:30;21.5;40`:

            ```yaml
            %s```

            Two kinds of topics. A gateway sends arrays, and a switch sends an object without its name and without a time:

            ```json
            {"gateway": "g7", "readings": [{"node": 3, "ts": 1772368200, "name": "temperature", "v": 612}]}
            ```

            ```json
            {"state": "ON", "battery": 97, "linkquality": 80}
            ```

            ```yaml
            %s```

            ## In an editor

            An editor with the YAML language server (VS Code's YAML extension, Neovim, Helix and others) checks the catalog while
            it is written, completes its keys and shows what they mean, if the file names the [JSON Schema](catalog.schema.json)
            in a comment. The path is relative to the catalog, so copy the schema to where the catalog is:

            ```yaml
            # yaml-language-server: $schema=catalog.schema.json
            ```

            The schema sees misspelt keys, wrong types and words, and keys that have no place beside each other. What it cannot
            see, `check` does: whether `min` is below `max`, whether a pattern makes a date, whether a field is a column of the
            CSV header.

            """;

    private static final String TAIL =
            """
            ## Kinds of values

            - A **field** is the name of a key of the JSON object, or of a column. A name that begins with `/` is a
              [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901), which leads into nested objects and lists: `/device/id`,
              `/values/0`. `~1` is a slash within a name, and `~0` a tilde. CSV has no pointers.
              In version 2 a pointer starts at the item. Each `^` in front of it climbs: from an element of the array that `each`
              opens to what holds the array, from what a text at `unwrap` holds to what holds the text; the last `^` leads to the
              event as it was sent. `^/gateway` is the field `gateway` beside an array of readings. `""` is the item itself, which
              may be a bare number.
            - A **source** is a field or a [mapping](#a-source) that says where else the part comes from. A number is taken as the
              text that was sent.
            - A **regular expression** is one of
              [Java](https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html). It is best
              written in single quotes, in which a backslash is a backslash: `'zigbee\\.(.+)'`.
            - A **duration** is a number and a unit: `500 ms`, `10 s`, `2 min`, `1 h`, `30 d`.
            - A **rate** is an amount over a time: `10/min`, `50/s`, `5/10s`. The units of the time are `ms`, `s`, `min`, `h` and
              `d`.
            - A **time format** is a word or a pattern. `epoch-seconds`, `epoch-millis` and `epoch-micros` are numbers since
              1970-01-01T00:00:00Z. Version 2 also has `epoch-nanos`, and `epoch-auto` for a mixture: below 1e11 a number is in
              seconds, below 1e14 in milliseconds, below 1e17 in microseconds, and otherwise in nanoseconds. `iso-8601` is a date and a time with any fraction of the second, with or without an offset.
              Anything else is a pattern of
              [DateTimeFormatter](https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/time/format/DateTimeFormatter.html):
              `dd.MM.yyyy HH:mm`.
            - A **number** may stand in quotes.

            ## Units

            A unit is a [UCUM](https://ucum.org/ucum) code. Those that catalogs use most: %s.

            A common spelling is understood as the code: `°C`, `µg/m³`, `kWh`, `rpm`. `check` shows what each became. `C` and `F`
            are refused, because they are the coulomb and the farad. Any other text is a unit of your own: nothing converts into
            it, and a reading has to name just this unit or none. A unit of UCUM converts into any other of the same dimension:
            [decisions.md](decisions.md#numbers-and-units).
            """;

    /** Those that catalogs use most. */
    static final List<String> UNITS = List.of(
            "Cel", "[degF]", "K", "Pa", "hPa", "kPa", "bar", "mbar", "mm[Hg]", "%", "1", "mV", "V", "mA", "A", "W",
            "kW", "m/s", "km/h", "mm", "cm", "m", "lx", "ug/m3", "mg/m3", "[ppm]", "[ppb]");

    private CatalogPage() {}

    static String render() {
        String units = UNITS.stream().map(Markdown::code).collect(Collectors.joining(", "));
        return HEAD.formatted(
                        ReferenceDocsTest.GENERATED,
                        CatalogExamples.LONG_JSON,
                        CatalogExamples.WIDE_JSON,
                        CatalogExamples.WIDE_CSV,
                        CatalogExamples.INPUTS)
                + sections()
                + TAIL.formatted(units);
    }

    /** Returns the keys of version 2, and then those of version 1 that are not the same. */
    private static String sections() {
        Set<String> shown = new HashSet<>();
        StringBuilder sections = new StringBuilder();
        for (Keys version : List.of(CatalogKeys.VERSION_2, CatalogKeys.VERSION_1)) {
            for (Keys keys : mappings(version)) {
                if (keys.path().isEmpty() || shown.add(keys.path())) {
                    sections.append(section(keys));
                }
            }
        }
        return sections.toString();
    }

    /** Returns the mapping and those below it, in the order of their keys. */
    static List<Keys> mappings(Keys keys) {
        List<Keys> found = new ArrayList<>();
        addMappings(keys, found);
        return found;
    }

    private static void addMappings(Keys keys, List<Keys> found) {
        if (found.contains(keys)) {
            return;
        }
        found.add(keys);
        for (CatalogKey key : keys.keys()) {
            Keys below = below(key.shape());
            if (below != null) {
                addMappings(below, found);
            }
        }
    }

    private static Keys below(Shape shape) {
        if (shape instanceof Named named) {
            return below(named.target().get());
        }
        if (shape instanceof OneOf either) {
            return either.options().stream()
                    .map(CatalogPage::below)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (shape instanceof ListOf list) {
            return below(list.item());
        }
        return shape instanceof MapOf map ? below(map.value()) : shape instanceof Keys keys ? keys : null;
    }

    private static String section(Keys keys) {
        String introduction = keys.introduction().isEmpty() ? "" : keys.introduction() + "\n\n";
        List<List<String>> rows = keys.keys().stream()
                .map(key ->
                        List.of(code(key.name()), kind(key.shape()), absent(key), key.meaning(), code(key.example())))
                .toList();
        return "## " + heading(keys) + "\n\n" + introduction
                + Markdown.table(List.of("key", "value", "default", "what it says", "example"), rows) + "\n";
    }

    private static String heading(Keys keys) {
        if (keys.path().equals("<source>")) {
            return "A source";
        }
        return keys.path().isEmpty()
                ? "The file, version "
                        + ((Word) keys.keys().get(0).shape()).allowed().get(0)
                : code(keys.path());
    }

    private static String absent(CatalogKey key) {
        if (key.required()) {
            return "**required**";
        }
        return key.absent().isEmpty() ? "none" : code(key.absent());
    }

    private static String kind(Shape shape) {
        if (shape instanceof Text text) {
            return text.name();
        }
        if (shape instanceof Word word) {
            return word.allowed().stream().map(Markdown::code).collect(Collectors.joining(", "));
        }
        if (shape instanceof ListOf list) {
            return (list.single() ? kind(list.item()) + ", or a " : "") + "list of " + kinds(list.item());
        }
        if (shape instanceof MapOf map) {
            return "mapping: " + map.key() + " to " + kind(map.value());
        }
        if (shape instanceof Keys keys) {
            return "[mapping](#" + Markdown.anchor(heading(keys)) + ")";
        }
        if (shape instanceof Named) {
            return "[source](#a-source)";
        }
        if (shape instanceof OneOf either) {
            return either.options().stream().map(CatalogPage::kind).collect(Collectors.joining(", or a "));
        }
        return shape instanceof Count ? "whole number, at least 1" : "number";
    }

    private static String kinds(Shape item) {
        if (item instanceof OneOf) {
            return "such";
        }
        if (item instanceof Named) {
            return "[sources](#a-source)";
        }
        return item instanceof Keys keys ? "[mappings](#" + Markdown.anchor(heading(keys)) + ")" : kind(item) + "s";
    }
}

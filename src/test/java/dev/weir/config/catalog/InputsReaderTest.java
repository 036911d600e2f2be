package dev.weir.config.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.parse.Problems;
import dev.weir.core.catalog.Avro;
import dev.weir.core.catalog.Catalog;
import dev.weir.core.catalog.FieldSource;
import dev.weir.core.catalog.FieldSource.Field;
import dev.weir.core.catalog.Files.Announcement;
import dev.weir.core.catalog.Files.Compression;
import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Opening;
import dev.weir.core.catalog.Scaling;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a good catalog of version 2 becomes. */
class InputsReaderTest {
    private static final String GATEWAY =
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
              - topics: [zigbee.kitchen]
                format: json
                fields:
                  sensor-id: {topic: 'zigbee\\.(.+)'}
                  event-time: {timestamp: true}
                readings: {"*": ""}
            unknown-metric: ignore
            metrics:
              temperature: {unit: Cel, min: -40, max: 125, scale: 0.1, offset: -40}
              contact: {values: {"ON": 1, "OFF": 0, true: 1, false: 0}}
            """;

    @Test
    void readsAnInputForEachLayout() {
        Catalog catalog = good(GATEWAY);
        Input gateway = catalog.inputs().get(0);
        assertThat(gateway.topics()).isEqualTo(new Input.Topics(List.of("plant-events"), null));
        assertThat(gateway.payload().openings()).containsExactly(new Opening(Opening.Kind.EACH, "/readings"));
        assertThat(gateway.sensorId())
                .isEqualTo(new FieldSource.Join(List.of(new Field("^/gateway"), new Field("/node")), "/"));
        assertThat(gateway.eventTime()).isEqualTo(Input.EventTime.named(List.of("/ts"), List.of("epoch-auto"), "UTC"));
        assertThat(gateway.metric()).isEqualTo(new Field("/name"));
        assertThat(gateway.wide()).isFalse();
        Input zigbee = catalog.inputs().get(1);
        assertThat(zigbee.sensorId()).isEqualTo(new FieldSource.Topic("zigbee\\.(.+)"));
        assertThat(zigbee.eventTime().sources()).containsExactly(new FieldSource.Timestamp());
        assertThat(zigbee.readings()).isEqualTo(new Input.Readings(Map.of(), ""));
        assertThat(catalog.unknownMetric()).isEqualTo(Catalog.UnknownMetric.IGNORE);
        assertThat(catalog.metrics().get("temperature").scaling())
                .isEqualTo(new Scaling(Map.of(), new BigDecimal("0.1"), new BigDecimal("-40")));
        assertThat(catalog.metrics().get("contact").scaling().values())
                .isEqualTo(Map.of("ON", 1.0, "OFF", 0.0, "true", 1.0, "false", 0.0));
    }

    @Test
    void readsWhatVersion1Reads() throws IOException {
        String text = Files.readString(Path.of("flink-conf/catalog.yaml"));
        Catalog one = good(text);
        String inputs = text.replace("version: 1", "version: 2")
                .replaceFirst("(?m)^input:$", "inputs:")
                .replaceFirst("(?m)^  format:", "- format:");

        assertThat(good(inputs)).isEqualTo(one);
    }

    @Test
    void readsEverySource() {
        assertThat(sensorId("id")).isEqualTo(new Field("id"));
        assertThat(sensorId("{field: /a/b}")).isEqualTo(new Field("/a/b"));
        assertThat(sensorId("\"\"")).isEqualTo(new Field(""));
        assertThat(sensorId("{key: true}")).isEqualTo(new FieldSource.Key(null));
        assertThat(sensorId("{key: /id}")).isEqualTo(new FieldSource.Key("/id"));
        assertThat(sensorId("{header: device}")).isEqualTo(new FieldSource.Header("device"));
        assertThat(sensorId("{constant: 7}")).isEqualTo(new FieldSource.Constant("7"));
        assertThat(sensorId("{field: a, match: 'x(.*)'}")).isEqualTo(new FieldSource.Match(new Field("a"), "x(.*)"));
        assertThat(sensorId("{join: [{key: true, match: '(a)'}, {join: [b]}]}"))
                .isEqualTo(new FieldSource.Join(
                        List.of(
                                new FieldSource.Match(new FieldSource.Key(null), "(a)"),
                                new FieldSource.Join(List.of(new Field("b")), "")),
                        ""));
    }

    @Test
    void readsTheStepsToTheItems() {
        assertThat(openings("")).isEmpty();
        assertThat(openings("each: \"\"")).containsExactly(new Opening(Opening.Kind.EACH, ""));
        assertThat(openings("each: [/a, /b]"))
                .containsExactly(new Opening(Opening.Kind.EACH, "/a"), new Opening(Opening.Kind.EACH, "/b"));
        assertThat(openings("unwrap: /p, encoding: base64, each: /a"))
                .containsExactly(new Opening(Opening.Kind.UNWRAP_BASE64, "/p"), new Opening(Opening.Kind.EACH, "/a"));
        assertThat(openings("unwrap: {field: /p, encoding: base64}"))
                .containsExactly(new Opening(Opening.Kind.UNWRAP_BASE64, "/p"));
        assertThat(openings("unwrap: [/p, {field: q, encoding: base64}, {field: \"\"}]"))
                .containsExactly(
                        new Opening(Opening.Kind.UNWRAP, "/p"),
                        new Opening(Opening.Kind.UNWRAP_BASE64, "q"),
                        new Opening(Opening.Kind.UNWRAP, ""));
    }

    @Test
    void readsHowTextsAreWritten() {
        String line = "format: csv, csv: {header: [id, t, v], separator: \";\", quote: \"'\", skip: ^#},"
                + " decimal-separator: \",\", grouping-separator: \" \"";
        Input input = input(line, "{sensor-id: id, event-time: t, metric: {constant: m}, value: v}");
        assertThat(input.csv()).isEqualTo(new Input.Csv(List.of("id", "t", "v"), ';', false, '\'', "^#"));
        assertThat(input.texts().decimalSeparator()).isEqualTo(',');
        assertThat(input.texts().groupingSeparator()).isEqualTo(' ');
        Input plain = input(
                "format: csv, csv: {header: [id, t, v], quote: none}",
                "{sensor-id: id, event-time: t, metric: v, value: v}");
        assertThat(plain.csv()).isEqualTo(new Input.Csv(List.of("id", "t", "v"), ',', false, Input.Csv.NO_QUOTE, null));
        assertThat(plain.texts()).isEqualTo(new Input.Texts(plain.nullValues(), false));
    }

    @Test
    void readsTheSchemaBesideTheCatalog(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("reading.avsc"), "\"double\"");
        Problems problems = new Problems();
        String text = catalog(
                "format: avro, avro: {schema: reading.avsc}", "{sensor-id: id, event-time: t, metric: m, value: v}");
        Catalog catalog =
                new CatalogReader().read(directory.resolve("catalog.yaml").toString(), text, Duration.ZERO, problems);

        assertThat(problems.list()).isEmpty();
        assertThat(catalog.inputs().get(0).payload().avro()).isEqualTo(new Avro("\"double\"", null));
    }

    @Test
    void readsTheRegistryAndShowsNoSecret() {
        Input input = input(
                "format: avro, avro: {registry: {url: \"https://r:8081\", user: u, password: hunter2,"
                        + " ssl.truststore.location: /t.pem, ssl.key.password: hunter3}}",
                "{sensor-id: id, event-time: t, metric: m, value: v}");
        assertThat(input.payload().avro().registry())
                .isEqualTo(new Avro.Registry(
                        "https://r:8081",
                        "u",
                        "hunter2",
                        Map.of("ssl.truststore.location", "/t.pem", "ssl.key.password", "hunter3")));
        assertThat(input.toString()).doesNotContain("hunter");
    }

    @Test
    void readsSenmlAsItsRecords() {
        Input input = input("format: senml", "{sensor-id: n, event-time: t, metric: u, value: v}");
        assertThat(input.payload().openings()).containsExactly(new Opening(Opening.Kind.EACH, ""));
    }

    @Test
    void readsTopicPatternsAndTheRest() {
        String text = GATEWAY.replace("topics: [plant-events]", "topic-pattern: plant-.*")
                .replace("- topics: [zigbee.kitchen]\n    format", "- format");
        assertThat(good(text).inputs())
                .extracting(Input::topics)
                .containsExactly(new Input.Topics(List.of(), "plant-.*"), Input.Topics.REST);
    }

    @Test
    void readsHowFilesAreAnnounced() {
        Input input = input(
                "files: {announcement: s3, allow: [\"S3://plant-raw/\", s3://b/in/], remember: 2 h, period: 1 h, compression: none},"
                        + " format: csv, csv: {header: first-line}",
                "{sensor-id: {path: '.*/([^/]+)/[^/]+'}, event-time: t, metric: {join: [a, {path: '(.*)', match: '(.).*'}]}, value: v}");
        assertThat(input.files())
                .isEqualTo(new dev.weir.core.catalog.Files(
                        Announcement.S3,
                        List.of("s3://plant-raw", "s3://b/in"),
                        Duration.ofHours(2),
                        Duration.ofHours(1),
                        Compression.NONE));
        assertThat(input.csv().header()).isNull();
        assertThat(input.sensorId()).isEqualTo(new FieldSource.Path(".*/([^/]+)/[^/]+"));
        assertThat(input.sources()).contains(new FieldSource.Path("(.*)"));
    }

    @Test
    void readsFilesOfEveryFormatWithTheirDefaults() {
        String files = "files: {announcement: paths, allow: \"file:/data/in/\"}, format: ";
        String fields = "{sensor-id: id, event-time: t, metric: m, value: v}";
        for (String format : List.of("json", "avro", "parquet", "csv, csv: {header: [id, t, m, v]}")) {
            Input input = input(files + format, fields);
            assertThat(input.files())
                    .isEqualTo(new dev.weir.core.catalog.Files(
                            Announcement.PATHS,
                            List.of("file:///data/in"),
                            Duration.ofDays(1),
                            null,
                            Compression.AUTO));
            assertThat(input.payload().avro()).isNull();
        }
        assertThat(input(files + "parquet", fields).format()).isEqualTo(Input.Format.PARQUET);
        // A list with one name is a column of that name.
        Input named =
                input(files + "csv, csv: {header: [first-line, t, m, v]}", fields.replace("id: id", "id: first-line"));
        assertThat(named.csv().header()).containsExactly("first-line", "t", "m", "v");
    }

    private static FieldSource sensorId(String source) {
        return input("format: json", "{sensor-id: " + source + ", event-time: t, metric: m, value: v}")
                .sensorId();
    }

    private static List<Opening> openings(String keys) {
        return input(
                        "format: json" + (keys.isEmpty() ? "" : ", ") + keys,
                        "{sensor-id: a, event-time: t, metric: m, value: v}")
                .payload()
                .openings();
    }

    private static Input input(String keys, String fields) {
        return good(catalog(keys, fields)).inputs().get(0);
    }

    /** A catalog with one input. */
    static String catalog(String keys, String fields) {
        return "version: 2\ninputs:\n- {" + keys + ",\n   fields: " + fields + "}\nmetrics: {m: }\n";
    }

    private static Catalog good(String text) {
        Problems problems = new Problems();
        Catalog catalog = new CatalogReader().read("c.yaml", text, Duration.ofSeconds(10), problems);
        assertThat(problems.list()).isEmpty();
        return catalog;
    }
}

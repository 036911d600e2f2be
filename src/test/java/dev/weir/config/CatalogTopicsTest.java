package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a catalog of version 2 names outside itself: topics of the options, and files. */
class CatalogTopicsTest {
    private static final String CATALOG =
            """
            version: 2
            inputs:
              - topics: [a, b]
                format: avro
                avro: {schema: schemas/reading.avsc}
                fields: {sensor-id: id, event-time: t, metric: m, value: v}
              - topic-pattern: c.+
                format: json
                fields: {sensor-id: id, event-time: t, metric: m, value: v}
            metrics: {t: }
            """;

    private static final String SCHEMA =
            """
            {"type": "record", "name": "r", "fields": [{"name": "id", "type": "string"}, {"name": "t", "type": "long"},
             {"name": "m", "type": "string"}, {"name": "v", "type": "double"}]}
            """;

    @TempDir
    Path directory;

    @Test
    void comparesTopicsInBothDirections() throws IOException {
        ConfigFiles files = files(CATALOG);
        assertThat(files.problems(ConfigFiles.LEAST.replace(": sensors", ": a; b; c1; d"), dlq()))
                .containsExactly(files.at(2)
                        + "weir.kafka.topics names topic d, which no input of the catalog takes;"
                        + " name it at the topics of an input, or remove it");
        assertThat(files.problems(ConfigFiles.LEAST.replace(": sensors", ": a; c1"), dlq()))
                .containsExactly(directory.resolve("catalog.yaml")
                        + ":3: inputs[0].topics names topic b, which weir.kafka.topics does not include;"
                        + " add it to weir.kafka.topics, or remove it here");
        assertThat(files.load(ConfigFiles.LEAST.replace(": sensors", ": a; b; c1"), dlq())
                        .config()
                        .catalog()
                        .inputs())
                .hasSize(2);
    }

    @Test
    void anInputWithoutTopicsTakesTheRest() throws IOException {
        ConfigFiles files = files(CATALOG.replace("topic-pattern: c.+\n    ", ""));
        assertThat(files.load(ConfigFiles.LEAST.replace(": sensors", ": a; b; x"), dlq())
                        .config()
                        .catalog()
                        .inputOf("x"))
                .isNotNull();
    }

    @Test
    void readsTheSchemaBesideTheCatalogWhereverThatIs() throws IOException {
        ConfigFiles files = files(CATALOG);
        String yaml = ConfigFiles.LEAST.replace(": sensors", ": a; b; c1") + "weir.catalog: "
                + directory.resolve("catalog.yaml").toUri() + "\n";
        assertThat(files.load(yaml, dlq())
                        .config()
                        .catalog()
                        .inputs()
                        .get(0)
                        .payload()
                        .avro()
                        .schema())
                .isEqualTo(SCHEMA);
        Files.delete(directory.resolve("schemas/reading.avsc"));
        assertThat(files.problems(yaml, dlq()))
                .hasSize(1)
                .first()
                .asString()
                .contains("catalog.yaml:5: inputs[0].avro.schema cannot be read: ", "schemas/reading.avsc")
                .endsWith("; name the schema's file, relative to the catalog's directory");
    }

    private static Map<String, String> dlq() {
        return Map.of("weir.dead-letter.topic", "dlq");
    }

    private ConfigFiles files(String catalog) throws IOException {
        Files.createDirectories(directory.resolve("schemas"));
        Files.writeString(directory.resolve("schemas/reading.avsc"), SCHEMA);
        Files.writeString(directory.resolve("catalog.yaml"), catalog);
        return new ConfigFiles(directory);
    }
}

package dev.weir.config;

import static dev.weir.config.ConfigFiles.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.catalog.TimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeCatalog() throws IOException {
        files = ConfigFiles.in(directory);
    }

    @Test
    void defaultsAreThePublishedOnes() throws IOException {
        WeirConfig config = files.load(LEAST, Map.of()).config();
        assertThat(config.pipeline()).isEqualTo("weir");
        assertThat(config.kafka())
                .isEqualTo(new WeirConfig.Kafka(
                        "localhost:9092",
                        List.of("sensors"),
                        null,
                        "weir",
                        new WeirConfig.Start(WeirConfig.Start.Mode.COMMITTED_OR_EARLIEST, null),
                        new WeirConfig.Stop(WeirConfig.Stop.Mode.NEVER, null),
                        Map.of("isolation.level", "read_committed")));
        assertThat(config.time())
                .isEqualTo(new TimeSettings(
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(config.windows()).containsExactly(Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(config.stateRetention()).isEqualTo(Duration.ofDays(30));
        assertThat(config.lake()).isEqualTo(new WeirConfig.Lake("file:///tmp/lake", WeirOptions.Compression.ZSTD, 64));
        assertThat(config.postgres()).isNull();
        assertThat(config.deadLetters())
                .isEqualTo(new WeirConfig.DeadLetters("sensors-dlq", WeirConfig.DeadLetters.Payload.ORIGINAL));
        assertThat(config.rewind()).isFalse();
    }

    @Test
    void everythingCanBeSet() throws IOException {
        Files.move(directory.resolve("catalog.yaml"), directory.resolve("other.yaml"));
        WeirConfig config =
                files.load(everything(), Map.of("weir.windows", "5 min; 10 s")).config();
        assertEverythingKafka(config);
        assertThat(config.time())
                .isEqualTo(new TimeSettings(
                        Duration.ofSeconds(1),
                        Duration.ofHours(2),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(9),
                        Instant.parse("2010-01-01T00:00:00Z")));
        assertThat(config.windows()).containsExactly(Duration.ofSeconds(10), Duration.ofMinutes(5));
        assertThat(config.stateRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(config.lake()).isEqualTo(new WeirConfig.Lake("s3://bucket/lake", WeirOptions.Compression.SNAPPY, 8));
        assertThat(config.postgres())
                .isEqualTo(new WeirConfig.Postgres(
                        "jdbc:postgresql://db/sensors?ssl=true",
                        "writer",
                        null,
                        "/run/secret",
                        "plant",
                        WeirConfig.Postgres.Delivery.AT_LEAST_ONCE,
                        false,
                        1 << 20,
                        Duration.ofDays(30)));
        assertThat(config.deadLetters())
                .isEqualTo(new WeirConfig.DeadLetters("rejects", WeirConfig.DeadLetters.Payload.READING));
        assertThat(config.rewind()).isTrue();
    }

    private static void assertEverythingKafka(WeirConfig config) {
        assertThat(config.pipeline()).isEqualTo("plant-1");
        assertThat(config.kafka())
                .isEqualTo(new WeirConfig.Kafka(
                        "a:1,b:2",
                        List.of("x", "y"),
                        null,
                        "readers",
                        new WeirConfig.Start(WeirConfig.Start.Mode.AT, Instant.parse("2026-01-01T00:00:00Z")),
                        new WeirConfig.Stop(WeirConfig.Stop.Mode.LATEST, null),
                        Map.of("isolation.level", "read_committed", "sasl.mechanism", "PLAIN")));
    }

    private String everything() {
        return """
            execution: {checkpointing: {interval: 1 s}}
            weir:
              pipeline: plant-1
              catalog: %s
              kafka:
                bootstrap-servers: a:1,b:2
                topics: [x, y]
                group: readers
                start: 2026-01-01T00:00:00Z
                stop: latest
                properties: {sasl.mechanism: PLAIN}
              time: {disorder: 1 s, lateness: 2 h, future-skew: 1 min, idle-flush: 9 s, earliest: 2010-01-01}
              windows: [1 min]
              state.retention: 7 d
              lake: {path: "s3://bucket/lake", compression: snappy, max-open-files: 8}
              postgres:
                url: jdbc:postgresql://db/sensors?ssl=true
                user: writer
                password-file: /run/secret
                schema: plant
                delivery: at-least-once
                migrate: false
                max-pending: 1 mb
              files.retention: 30 d
              dead-letter: {topic: rejects, payload: reading}
              restore.rewind: true
            """
                .formatted(directory.resolve("other.yaml"));
    }

    @Test
    void warnsOfWindowsThatCrossTheHourOrTheDay() throws IOException {
        assertThat(files.load(LEAST, Map.of("weir.windows", "7 min; 90 min; 36 h; 15 min; 6 h; 1 d; 7 d; 90 s"))
                        .warnings())
                .extracting(Object::toString)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("-Dweir.windows: weir.windows has 7 min, which does not divide the hour"),
                        second -> assertThat(second).contains("has 36 h, which is not a whole number of days"));
    }

    @Test
    void namesTheCatalogThatItReads() throws IOException {
        assertThat(files.load(LEAST, Map.of()).options())
                .filteredOn(option -> option.key().equals("weir.catalog"))
                .extracting(OptionValue::value)
                .containsExactly(directory.resolve("catalog.yaml").toString());
    }

    @Test
    void anEmptyTextCountsAsNotSet() throws IOException {
        WeirConfig config = files.load(LEAST + "weir.postgres.url: \"\"", Map.of("weir.kafka.group", ""))
                .config();
        assertThat(config.postgres()).isNull();
        assertThat(config.kafka().group()).isEqualTo("weir");
    }

    @Test
    void masksSecretsAndNamesOrigins() throws IOException {
        String yaml = LEAST
                + """
                weir.postgres.password: geheim
                weir.postgres.url: jdbc:postgresql://d/x?ssl=true
                weir.kafka.properties:
                  ssl.key.password: geheim
                  sasl.jaas.config: geheim
                  ssl.truststore.location: /trust
                """;
        Resolved resolved = files.load(yaml, Map.of("weir.pipeline", "p"));
        String text = resolved.options().toString();
        assertThat(text + resolved + resolved.config()).doesNotContain("geheim");
        String file = directory.resolve("config.yaml").toString();
        assertThat(resolved.options())
                .contains(
                        new OptionValue("weir.pipeline", "p", "-Dweir.pipeline"),
                        new OptionValue("weir.postgres.password", "******", file + ":5"),
                        new OptionValue("weir.postgres.url", "jdbc:postgresql://d/x?ssl=true", file + ":6"),
                        new OptionValue("weir.kafka.properties.sasl.jaas.config", "******", file + ":9"),
                        new OptionValue("weir.kafka.properties.ssl.truststore.location", "/trust", file + ":10"),
                        new OptionValue("weir.windows", "1 min; 1 h", "default"),
                        new OptionValue("weir.kafka.group", "p", "default"));
    }

    @Test
    void theConfigurationShipsInTheJobGraph() throws Exception {
        WeirConfig config = files.load(LEAST, Map.of()).config();
        byte[] bytes = InstantiationUtil.serializeObject(config);
        Object copy = InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());
        assertThat(copy).isEqualTo(config);
    }
}

package dev.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.weir.config.ConfigLoader;
import dev.weir.config.WeirConfig;
import dev.weir.testing.Dockerfile;
import dev.weir.testing.FlinkOptionsOnClasspath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of {@code docker-compose.yml} without Docker. */
class ComposeFileTest {
    private static final Path FILE = Path.of("docker-compose.yml");
    private static final Path FLINK_CONF = Path.of("flink-conf");

    /** A release, not a line of releases. */
    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+(\\.\\d+)?");

    private static final JsonNode COMPOSE = read();

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<String> services() {
        List<String> names = new ArrayList<>();
        COMPOSE.path("services").fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyServiceIsPinnedWatchedAndLimited(String name) {
        String image = property(name, "image").asText();
        if (image.equals("weir")) {
            assertThat(Dockerfile.read(Path.of("Dockerfile")).baseImages()).allMatch(PINNED_BASE.asMatchPredicate());
        } else {
            assertThat(image).matches(PINNED);
        }
        assertThat(property(name, "healthcheck").path("test")).isNotEmpty();
        assertThat(property(name, "deploy")
                        .path("resources")
                        .path("limits")
                        .path("memory")
                        .asText())
                .isNotEmpty();
        assertThat(property(name, "deploy")
                        .path("resources")
                        .path("limits")
                        .path("cpus")
                        .asText())
                .isNotEmpty();
        assertThat(property(name, "restart").asText()).isNotEmpty();
    }

    private static final Pattern PINNED_BASE = Pattern.compile("flink:2\\.2\\.\\d+-java17");

    @ParameterizedTest
    @MethodSource("services")
    void noServiceHasAPasswordOrAPortForOthers(String name) {
        property(name, "environment").fields().forEachRemaining(variable -> {
            if (variable.getKey().contains("PASSWORD")) {
                assertThat(variable.getKey()).endsWith("_FILE");
                assertThat(variable.getValue().asText()).startsWith("/run/secrets/");
            }
        });
        property(name, "ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatAServiceMountsIsThere(String name) {
        property(name, "volumes").forEach(volume -> {
            String source = volume.asText().split(":", -1)[0];
            if (!source.startsWith("./")) {
                assertThat(COMPOSE.path("volumes").has(source)).as(source).isTrue();
            } else if (!source.startsWith("./monitoring/")) {
                assertThat(Path.of(source)).exists();
            }
        });
    }

    /** Whoever edits a panel writes SQL. It was the job's own role, and that a superuser. */
    @Test
    void grafanaHasARoleOfItsOwnAndNotThePasswordOfTheJob() throws IOException {
        JsonNode source = new YAMLMapper()
                .readTree(Path.of("monitoring/grafana/provisioning/datasources/weir.yml")
                        .toFile())
                .at("/datasources/1");

        assertThat(source.path("type").asText()).isEqualTo("grafana-postgresql-datasource");
        assertThat(source.path("user").asText())
                .isEqualTo("grafana")
                .isNotEqualTo(flinkProperties().get("weir.postgres.user"));
        assertThat(source.at("/secureJsonData/password").asText()).isEqualTo("$__file{/run/secrets/grafana-postgres}");
        assertThat(property("grafana", "secrets").toString())
                .contains("grafana-postgres")
                .doesNotContain("weir-postgres");
        assertThat(property("postgres", "environment").path("POSTGRES_USER").asText())
                .as("the superuser is nobody's role")
                .isNotIn("grafana", flinkProperties().get("weir.postgres.user"));
    }

    @Test
    void passwordsComeFromTheEnvironmentAndTheExampleHasNone() throws IOException {
        String example = Files.readString(Path.of(".env.example"));
        COMPOSE.path("secrets").forEach(secret -> {
            String variable = secret.path("environment").asText();
            assertThat(variable).isNotEmpty();
            assertThat(example).containsPattern("(?m)^" + variable + "=$");
        });
        assertThat(Files.readString(Path.of(".gitignore"))).contains("/.env\n");
    }

    @Test
    void theJobsOptionsPassCheck() {
        Map<String, String> options = flinkProperties();
        Map<String, String> here = new LinkedHashMap<>(options);
        here.put("weir.catalog", "src/test/resources/demo/catalog.yaml"); // mounted under the other name

        WeirConfig config = new ConfigLoader().load(FLINK_CONF, here).config();

        assertThat(config.pipeline()).isEqualTo("beijing-air");
        assertThat(config.postgres()).isNotNull();
        assertThat(config.lake()).isNotNull();
    }

    @Test
    void statesOnlyWhatDiffersFromTheSharedConfiguration() {
        Configuration shared = GlobalConfiguration.loadConfiguration(FLINK_CONF.toString());
        Map<String, ?> known = FlinkOptionsOnClasspath.byKey(List.of());

        assertThat(flinkProperties()).allSatisfy((key, value) -> {
            assertThat(shared.getString(key, "")).as(key).isNotEqualTo(value);
            if (!key.startsWith("weir.")) {
                assertThat(known).containsKey(key);
            }
        });
    }

    /** As the official image's entry point reads them. */
    private static Map<String, String> flinkProperties() {
        Map<String, String> options = new LinkedHashMap<>();
        property("jobmanager", "environment")
                .path("FLINK_PROPERTIES")
                .asText()
                .lines()
                .map(line -> line.replaceAll("\\s", ""))
                .filter(line -> !line.isEmpty())
                .forEach(line ->
                        options.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
        assertThat(options).isNotEmpty();
        return options;
    }

    /** Of the service, or of what it is merged with: Jackson leaves {@code <<} as it is. */
    private static JsonNode property(String service, String name) {
        JsonNode node = COMPOSE.path("services").path(service);
        return node.has(name) || !node.has("<<")
                ? node.path(name)
                : COMPOSE.path("x-flink").path(name);
    }
}

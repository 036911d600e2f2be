package dev.weir.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules for Prometheus, and their unit tests. */
public final class Rules {
    public static final Path FILE = Path.of("monitoring/prometheus/weir.rules.yml");
    public static final Path TESTS = Path.of("monitoring/prometheus/weir.rules.test.yml");

    /** Each alert and each recording rule. */
    public static List<JsonNode> all() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        yaml(FILE).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    public static List<JsonNode> alerts() throws IOException {
        return all().stream().filter(rule -> rule.has("alert")).toList();
    }

    public static List<Query> queries() throws IOException {
        return all().stream()
                .map(rule -> new Query(
                        "weir.rules.yml, "
                                + rule.path("alert").asText(rule.path("record").asText()),
                        rule.path("expr").asText(),
                        ""))
                .toList();
    }

    static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }

    private Rules() {}
}

package dev.weir.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Grafana dashboard as its file holds it. */
public record Dashboard(String file, JsonNode json) {
    private static final Path DIRECTORY = Path.of("monitoring/grafana/dashboards");

    public static List<Dashboard> all() throws IOException {
        List<Dashboard> dashboards = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path file : files.sorted().toList()) {
                dashboards.add(
                        new Dashboard(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile())));
            }
        }
        return dashboards;
    }

    /** Without the rows, which are headings. */
    public List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    public List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                if (target.has("expr")) {
                    String where = file + ", " + panel.path("title").asText();
                    queries.add(new Query(
                            where,
                            target.path("expr").asText(),
                            target.path("legendFormat").asText()));
                }
            }
        }
        return queries;
    }

    /** The statements for PostgreSQL, with the panel's title as the legend. */
    public List<Query> sql() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            String title = panel.path("title").asText();
            for (JsonNode target : panel.path("targets")) {
                if (target.has("rawSql")) {
                    queries.add(
                            new Query(file + ", " + title, target.path("rawSql").asText(), title));
                }
            }
        }
        return queries;
    }
}

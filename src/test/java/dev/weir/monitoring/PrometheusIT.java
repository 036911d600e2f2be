package dev.weir.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.testing.PrometheusServer;
import dev.weir.testing.PrometheusServer.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and dashboards on a real Prometheus that scrapes a running job: every expression is parsed and returns data. */
@Tag("deploy")
class PrometheusIT {
    private static final String PIPELINE = "run_1";
    private static final String INTERVAL = "1m";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @BeforeAll
    static void programs() throws Exception {
        String missing = PrometheusServer.missing();
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void promtoolTakesTheRulesAndTheirUnitTestsPass() throws Exception {
        assertSucceeds(PrometheusServer.promtool(Path.of("."), "check", "rules", Rules.FILE.toString()));
        assertSucceeds(PrometheusServer.promtool(Path.of("."), "test", "rules", Rules.TESTS.toString()));
    }

    @Test
    void promtoolParsesEveryExpressionOfTheDashboards() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        for (Query query : ofDashboards()) {
            rules.add(Map.of("record", "x:y", "expr", query.expression()));
        }
        Path file = directory.resolve("dashboards.yml");
        // JSON is YAML. A rule twice is a lint, not an error.
        new ObjectMapper()
                .writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboards", "rules", rules))));
        assertSucceeds(PrometheusServer.promtool(directory, "check", "rules", "--lint=none", file.toString()));
    }

    @Test
    void everyExpressionReturnsData() throws Exception {
        try (WatchedPipeline watched = WatchedPipeline.start();
                PrometheusServer prometheus = scraping(watched.port())) {
            // No exceptions: what counts errors is there from the start, as 0. An alert's comparison is empty as long
            // as all is well, so
            // of the rules each side is asked for.
            for (Query query : ofDashboards()) {
                watched.feed();
                assertReturnsData(prometheus, query.where(), query.expression());
            }
            for (Query rule : Rules.queries()) {
                for (Query.Selector selector : rule.selectors()) {
                    assertReturnsData(prometheus, rule.where(), selector.text());
                }
            }
            assertThat(prometheus.query("up == 0")).isEmpty();
            JsonNode firing = prometheus.query("ALERTS{alertstate=\"firing\"}");
            assertThat(firing).as("alerts of a pipeline that is well").isEmpty();
        }
    }

    /** It scrapes each second, and has the shipped rules. */
    private PrometheusServer scraping(int target) throws Exception {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: flink
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """
                        .formatted(Rules.FILE.toAbsolutePath(), target));
        assertSucceeds(PrometheusServer.promtool(directory, "check", "config", config.toString()));
        return PrometheusServer.start(directory, config, WatchedPipeline.freePort());
    }

    private static List<Query> ofDashboards() throws Exception {
        List<Query> queries = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.queries().forEach(query -> queries.add(query.filled(PIPELINE, INTERVAL)));
        }
        return queries;
    }

    private static void assertReturnsData(PrometheusServer prometheus, String where, String expression) {
        await().atMost(WITHIN).untilAsserted(() -> assertThat(prometheus.query(expression))
                .as(where + ": " + expression)
                .isNotEmpty()
                .noneMatch(series -> series.path("value").path(1).asText().equals("NaN")));
    }

    private static void assertSucceeds(Command command) {
        assertThat(command.exitCode()).as(command.output()).isZero();
    }
}

package dev.weir.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of {@code monitoring/} without a job: whether it is complete, and whether a person can read it. */
class MonitoringTest {
    private static final Pattern TASK_METRIC = Pattern.compile("^(flink_taskmanager_job_task_operator_\\w+)\\{");
    private static final Pattern SUBTASK = Pattern.compile("subtask_index=\"([^\"]+)\"");

    /** One value for the whole test. */
    private static final Pattern IDLE = Pattern.compile("-?\\d+x\\d+");

    @Test
    void everyAlertSaysWhatItIsAndHasARunbookAndAUnitTest() throws IOException {
        Set<String> tested = new HashSet<>();
        Rules.yaml(Rules.TESTS).path("tests").forEach(test -> test.path("alert_rule_test")
                .forEach(one -> {
                    if (one.has("exp_alerts")) {
                        tested.add(one.path("alertname").asText());
                    }
                }));
        for (JsonNode alert : Rules.alerts()) {
            String name = alert.path("alert").asText();
            JsonNode annotations = alert.path("annotations");
            assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
            assertThat(annotations.path("description").asText()).as(name).isNotBlank();
            assertThat(annotations.path("runbook").asText())
                    .isEqualTo("docs/operating.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
            assertThat(tested).as("alerts that a unit test fires").contains(name);
        }
    }

    /** With one series per metric a rule that mixes subtasks passes: it paged for ever where one of them never had rows. */
    @Test
    void everyAlertOfTasksIsTestedWithSeveralSubtasksOfWhichOneIsIdle() throws IOException {
        for (JsonNode test : Rules.yaml(Rules.TESTS).path("tests")) {
            Map<String, Map<String, List<String>>> subtasks = new TreeMap<>();
            for (JsonNode series : test.path("input_series")) {
                Matcher metric = TASK_METRIC.matcher(series.path("series").asText());
                if (metric.find() && !metric.group(1).endsWith("booksUnaccounted")) { // has one subtask only
                    Matcher subtask = SUBTASK.matcher(series.path("series").asText());
                    subtasks.computeIfAbsent(metric.group(1), name -> new TreeMap<>())
                            .computeIfAbsent(subtask.find() ? subtask.group(1) : "none", index -> new ArrayList<>())
                            .add(series.path("values").asText());
                }
            }
            subtasks.forEach((metric, values) -> {
                String where = test.path("name").asText() + ": " + metric;
                assertThat(values.keySet())
                        .as(where)
                        .allMatch(index -> index.matches("\\d+"))
                        .hasSizeGreaterThan(1);
                // Age grows in an idle subtask, and the offset stays; all else is constant there.
                assertThat(values.values().stream().flatMap(List::stream))
                        .as(where + " has an idle subtask")
                        .anyMatch(value -> IDLE.matcher(value).matches() || metric.endsWith("millisSinceLastCommit"));
            });
        }
    }

    @Test
    void theRunbookHasOneChapterForEachAlert() throws IOException {
        List<String> chapters = Files.readAllLines(Path.of("docs/operating.md")).stream()
                .filter(line -> line.startsWith("### Weir"))
                .map(line -> line.substring("### ".length()))
                .toList();
        assertThat(chapters)
                .containsExactlyElementsOf(Rules.alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    @Test
    void everyPanelCanBeReadByWhoDidNotMakeIt() throws IOException {
        for (Dashboard dashboard : Dashboard.all()) {
            assertThat(dashboard.panels()).isNotEmpty();
            for (JsonNode panel : dashboard.panels()) {
                String where = dashboard.file() + ", " + panel.path("title").asText();
                assertThat(panel.path("title").asText()).as(where).isNotBlank();
                assertThat(panel.path("description").asText()).as(where).isNotBlank();
                assertThat(panel.path("type").asText()).as(where).isIn("timeseries", "stat", "table");
                assertThat(panel.path("datasource").path("uid").asText())
                        .as(where)
                        .isIn("${prometheus}", "${postgres}");
                assertThat(panel.path("targets")).as(where).isNotEmpty();
                if (!panel.path("type").asText().equals("table")) {
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                            .as(where)
                            .isNotBlank();
                }
                if (panel.path("targets").size() > 1) {
                    panel.path("targets").forEach(target -> assertThat(
                                    target.path("legendFormat").asText())
                            .as(where)
                            .isNotBlank());
                }
            }
        }
    }

    @Test
    void everyDashboardCanBeTurnedToAPipelineAndItsPanelsStandApart() throws IOException {
        for (Dashboard dashboard : Dashboard.all()) {
            assertThat(dashboard.json().path("uid").asText())
                    .isEqualTo("weir-" + dashboard.file().replace(".json", ""));
            assertThat(dashboard.json().at("/templating/list").findValuesAsText("name"))
                    .contains("pipeline", "prometheus");
            assertThat(dashboard.queries()).allSatisfy(query -> assertThat(query.expression())
                    .as(query.where())
                    .containsPattern("\\$pipeline|flink_jobmanager_taskSlots"));
            Set<Integer> ids = new HashSet<>();
            Set<List<Integer>> taken = new HashSet<>();
            for (JsonNode panel : dashboard.json().path("panels")) {
                assertThat(ids.add(panel.path("id").asInt())).isTrue();
                cells(panel.path("gridPos")).forEach(cell -> assertThat(taken.add(cell))
                        .as(dashboard.file() + ", " + panel.path("title").asText() + " covers another")
                        .isTrue());
            }
        }
    }

    @Test
    void legendsAndQueriesSpeakOfTheSameLabels() throws IOException {
        for (Dashboard dashboard : Dashboard.all()) {
            for (Query query : dashboard.queries()) {
                assertThat(query.groupings()).as(query.where()).containsAll(query.legendLabels());
            }
        }
    }

    @Test
    void whatRulesRecordIsWhatRulesUse() throws IOException {
        Set<String> recorded = new TreeSet<>();
        Rules.all().forEach(rule -> recorded.add(rule.path("record").asText("")));
        assertThat(Query.metrics(Rules.queries().stream()).stream().filter(name -> name.startsWith("weir:")))
                .isSubsetOf(recorded);
    }

    @Test
    void everyMetricThatIsUsedIsInTheDocument() throws IOException {
        List<Query> queries = new ArrayList<>(Rules.queries());
        for (Dashboard dashboard : Dashboard.all()) {
            queries.addAll(dashboard.queries());
        }
        assertThat(MetricsPage.types().keySet())
                .containsAll(Query.metrics(queries.stream()).stream()
                        .filter(name -> name.startsWith("flink_"))
                        .toList());
    }

    private static Stream<List<Integer>> cells(JsonNode place) {
        List<List<Integer>> cells = new ArrayList<>();
        for (int x = 0; x < place.path("w").asInt(); x++) {
            for (int y = 0; y < place.path("h").asInt(); y++) {
                cells.add(List.of(place.path("x").asInt() + x, place.path("y").asInt() + y));
            }
        }
        return cells.stream();
    }
}

package dev.weir.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testing.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written about metrics, and everything that asks for one, against what a running job tells Prometheus. */
class MonitoringIT {
    private static final String WEIR = "flink_taskmanager_job_task_operator_weir_";
    private static final String SINK = WEIR + "pipeline_sink_";
    private static final String PENDING = "flink_taskmanager_job_task_operator_pendingRecords";

    private static WatchedPipeline watched;
    private static Scrape scrape;

    @BeforeAll
    static void start() throws Exception {
        watched = WatchedPipeline.start();
        // The connector names its lag once it knows it.
        await().until(() -> watched.scrape().names().contains(PENDING));
        scrape = watched.scrape();
    }

    @AfterAll
    static void stop() throws Exception {
        if (watched != null) {
            watched.close();
        }
    }

    @Test
    void theDocumentHasEveryMetricOfWeirAndNoOther() throws Exception {
        Map<String, String> documented = MetricsPage.types();
        Set<String> told = scrape.types().keySet();
        assertThat(documented.keySet().stream().filter(name -> name.startsWith(WEIR)))
                .containsExactlyInAnyOrderElementsOf(
                        told.stream().filter(name -> name.startsWith(WEIR)).toList());
        assertThat(told).containsAll(documented.keySet());
        documented.forEach((name, type) ->
                assertThat(scrape.types().get(name)).as(name).isEqualTo(type.equals("summary") ? "summary" : "gauge"));
    }

    @Test
    void everyMetricOfWeirHasThePipelineAsALabel() {
        assertThat(scrape.types().keySet().stream().filter(name -> name.startsWith(WEIR)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(scrape.samples(name))
                        .allSatisfy(sample -> assertThat(sample.labels()).containsEntry("pipeline", "run_1")));
    }

    @Test
    void everySinkHasEveryMetricOfASink() {
        for (String metric : List.of(
                "rowsCommitted", "commitDurationMs", "commitRetries", "pendingBytes", "millisSinceLastCommit")) {
            assertThat(scrape.samples(SINK + metric).stream()
                            .map(sample -> sample.labels().get("sink"))
                            .collect(Collectors.toSet()))
                    .as(metric)
                    .containsExactlyInAnyOrder("readings_lake", "aggregates_lake", "postgres", "dead_letters");
        }
    }

    /** The alert on the age of commits compares within a subtask: what waits is the writer's, the age the committer's. */
    @Test
    void whatWaitsAndTheAgeOfTheLastCommitAreOfTheSameSubtasks() {
        Set<String> ages = subtasks(SINK + "millisSinceLastCommit", "sink");
        assertThat(ages).hasSize(4 * 2);
        assertThat(subtasks(SINK + "pendingBytes", "sink")).isEqualTo(ages);
        assertThat(subtasks(SINK + "openFiles", "sink"))
                .isEqualTo(ages.stream()
                        .filter(subtask -> subtask.contains("_lake "))
                        .collect(Collectors.toSet()));
        assertThat(subtasks(PENDING, "job_name")).isEqualTo(subtasks(WEIR + "pipeline_eventsRead", "job_name"));
    }

    /** Readings cross the exchange in batches, and "Records Received" in the web UI would count those. */
    @Test
    void theTasksOnBothSidesOfTheExchangeCountReadings() {
        double judged = ofTask(WEIR + "pipeline_readingsAccepted", "Series:")
                + ofTask(WEIR + "pipeline_reason_readingsRejected", "Series:");

        assertThat(judged).isGreaterThan(500);
        assertThat(ofTask("flink_taskmanager_job_task_numRecordsIn", "Series:")).isEqualTo(judged);
        // Besides, dead letters and tallies leave the source.
        assertThat(ofTask("flink_taskmanager_job_task_numRecordsOut", "Source:"))
                .isBetween(
                        judged,
                        judged
                                + ofTask("flink_taskmanager_job_task_numRecordsIn", "Write_dead_letters")
                                + ofTask("flink_taskmanager_job_task_numRecordsIn", "Books"));
    }

    private static double ofTask(String metric, String task) {
        return scrape.samples(metric).stream()
                .filter(sample -> sample.labels().get("task_name").startsWith(task))
                .mapToDouble(Scrape.Sample::value)
                .sum();
    }

    /** Each sample's label and subtask. */
    private static Set<String> subtasks(String metric, String label) {
        return scrape.samples(metric).stream()
                .map(Scrape.Sample::labels)
                .map(labels -> labels.get(label) + " " + labels.get("subtask_index"))
                .collect(Collectors.toSet());
    }

    @Test
    void everyAttemptOfATaskHasSeriesOfItsOwn() {
        assertThat(scrape.samples(WEIR + "pipeline_eventsRead"))
                .allSatisfy(sample -> assertThat(sample.labels()).containsKeys("task_attempt_id", "host"));
    }

    @Test
    void sinksCountWhatTheyCommit() {
        String rows = SINK + "rowsCommitted";
        await().untilAsserted(() -> {
            Scrape now = watched.scrape();
            assertThat(now.sum(rows, "sink", "dead_letters"))
                    .isEqualTo(watched.deadLetters())
                    .isPositive();
            assertThat(now.sum(rows, "sink", "readings_lake"))
                    .isEqualTo(now.sum(WEIR + "pipeline_readingsAccepted", "pipeline", "run_1"));
            assertThat(now.sum(rows, "sink", "postgres"))
                    .as("rows, of which PostgreSQL takes one for each window and checkpoint")
                    .isPositive()
                    .isLessThanOrEqualTo(now.sum(rows, "sink", "aggregates_lake"));
        });
    }

    @Test
    void everyQueryAsksForMetricsAndLabelsThatAreThere() throws Exception {
        List<Query> queries = new ArrayList<>(Rules.queries());
        for (Dashboard dashboard : Dashboard.all()) {
            queries.addAll(dashboard.queries());
        }
        assertThat(queries).hasSizeGreaterThan(50);
        for (Query query : queries) {
            Set<String> labels = new TreeSet<>();
            for (Query.Selector selector : query.selectors()) {
                if (selector.metric().startsWith("flink_")) {
                    assertThat(scrape.names()).as(query.where()).contains(selector.metric());
                    Set<String> here = labels(selector.metric());
                    assertThat(here).as(query.where() + ", " + selector.text()).containsAll(selector.labels());
                    labels.addAll(here);
                } else {
                    labels.add("job_name");
                }
            }
            assertThat(labels).as(query.where()).isNotEmpty().containsAll(query.groupings());
        }
    }

    @Test
    void everyTableOfADashboardIsARealQueryWithRows() throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            for (Query query : dashboard.sql()) {
                String sql = query.filled("run_1", "")
                        .expression()
                        .replace("$window_seconds", "10")
                        .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 > '2000-01-01'");
                assertThat(sql).doesNotContain("$");
                assertThat(watched.sql(sql)).as(query.where()).isNotEmpty();
            }
        }
    }

    private static Set<String> labels(String metric) {
        Set<String> labels = new TreeSet<>();
        scrape.samples(metric).forEach(sample -> labels.addAll(sample.labels().keySet()));
        return labels;
    }
}

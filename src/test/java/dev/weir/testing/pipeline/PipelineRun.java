package dev.weir.testing.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.core.model.Reading;
import dev.weir.testing.KafkaBroker;
import dev.weir.testing.LakeReader;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.PostgresOutputs;
import dev.weir.testing.outputs.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one run of the whole job left behind, read back from where users read it.
 *
 * @param sent the events as they stood in the run's topic
 * @param emissions all rows of the lake's aggregates
 * @param latest of each window, the lake's row that counts
 * @param rows PostgreSQL's aggregates
 * @param letters the dead-letter topic, committed records only
 * @param books PostgreSQL's, of every generation together
 */
public record PipelineRun(
        WeirConfig config,
        List<Event> sent,
        List<Reading> readings,
        List<Aggregate> emissions,
        List<Aggregate> latest,
        List<Path> unfinishedFiles,
        List<Aggregate> rows,
        List<ConsumerRecord<byte[], byte[]>> letters,
        Map<String, Long> books,
        JobGraph job,
        ArchivedExecutionGraph graph) {
    /** With details of 300 bytes, names and reasons they take less than 48 KiB. */
    private static final int FEW_REJECTS = 100;

    /** What stands outside now. */
    public static PipelineRun read(
            KafkaBroker broker,
            PostgresServer postgres,
            WeirConfig config,
            List<Event> sent,
            JobGraph job,
            ArchivedExecutionGraph graph)
            throws SQLException {
        LakeReader lake = new LakeReader(Path.of(config.lake().path()));
        try (Connection connection = postgres.connect(config.postgres().url())) {
            return new PipelineRun(
                    config,
                    sent,
                    lake.readings(),
                    lake.aggregates(),
                    lake.latestAggregates(),
                    lake.unfinishedFiles(),
                    PostgresOutputs.aggregates(connection),
                    broker.readAll(config.deadLetters().topic()),
                    PostgresOutputs.books(connection, config.pipeline()),
                    job,
                    graph);
        }
    }

    /** Lake, PostgreSQL and dead letters hold exactly what the oracle says, each thing as often as it must be there. */
    public void assertRight() {
        assertRight(new Oracle(config).judge(sent));
    }

    public void assertRight(Outcome oracle) {
        assertOutputs(oracle);
        if (restarts() == 0) { // a failed attempt leaves hidden files behind, as Flink's own file sink does
            assertThat(unfinishedFiles).as("unfinished files in the lake").isEmpty();
        }
    }

    /** Lake, PostgreSQL, dead letters and books hold what the oracle makes of these events, of which fewer may be there than were sent. */
    public void assertRead(List<Event> read) {
        Outcome expected = new Oracle(config).judge(read);
        Outcomes.assertReadings(
                expected.readings(), readings.stream().map(Rows::accepted).toList());
        Outcomes.assertAggregates(expected.aggregates(), rows);
        Outcomes.assertRejects(expected.rejects(), List.copyOf(rejects()));
        Outcomes.assertBooks(expected.books(), books);
    }

    /** The same of outputs alone: how the job has fared is not known. */
    public void assertOutputsRight() {
        assertOutputs(new Oracle(config).judge(sent));
    }

    private void assertOutputs(Outcome oracle) {
        Set<Origin> crowded = crowded(oracle.rejects());
        List<Rejected> rejects = withoutDetails(oracle.rejects(), crowded);
        Outcome expected = new Outcome(oracle.readings(), oracle.aggregates(), rejects, Map.of());
        Outcomes.assertEqual(
                expected,
                new Outcome(
                        readings.stream().map(Rows::accepted).toList(),
                        rows,
                        withoutDetails(rejects(), crowded),
                        Map.of()));
        Outcomes.assertAggregates(
                oracle.aggregates(), latest.stream().map(Rows::row).toList());
        assertThat(emissions.stream().map(PipelineRun::emission).toList())
                .as("no revision of a window stands in the lake twice")
                .doesNotHaveDuplicates();
        DeadLetters.assertOriginalBytes(sent, letters);
        Outcomes.assertBooks(oracle.books(), books);
        assertBalanced();
    }

    /** Events with so many rejects that their details may not fit into the headers of a dead letter. */
    private static Set<Origin> crowded(List<Rejected> rejects) {
        return rejects.stream()
                .collect(Collectors.groupingBy(Rejected::origin, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(event -> event.getValue() > FEW_REJECTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<Rejected> withoutDetails(List<Rejected> rejects, Set<Origin> of) {
        return rejects.stream()
                .map(one ->
                        of.contains(one.origin()) ? new Rejected(one.origin(), one.reason(), "", one.metric()) : one)
                .toList();
    }

    /** The books agree with themselves, with the input, and with what stands outside. */
    public void assertBalanced() {
        long read = books.get("events.read");
        long rejectedEvents = books.get("events.rejected");
        long accepted = books.get("readings.accepted");
        long rejectedReadings = books.get("readings.rejected");
        assertThat(read).as("books: events read").isEqualTo(sent.size());
        assertThat(read).as("books: events").isEqualTo(books.get("events.decoded") + rejectedEvents);
        assertThat(books.get("readings.decoded")).as("books: readings").isEqualTo(accepted + rejectedReadings);
        assertThat(readings).as("books: readings in the lake").hasSize((int) accepted);
        assertThat(rejects()).as("books: dead letters").hasSize((int) (rejectedEvents + rejectedReadings));
    }

    public List<Rejected> rejects() {
        return DeadLetters.rejects(letters);
    }

    /** How often the job began anew. */
    public int restarts() {
        return graph.getAllVertices().values().stream()
                .flatMap(vertex -> Arrays.stream(vertex.getTaskVertices()))
                .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElseThrow();
    }

    private static List<Object> emission(Aggregate row) {
        return List.of(row.series(), row.windowSeconds(), row.windowStartMicros(), row.revision(), row.generation());
    }
}

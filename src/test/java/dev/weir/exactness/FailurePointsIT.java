package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.job.Pipeline;
import dev.weir.output.Output;
import dev.weir.sink.postgres.CrashingCommits;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A crash at every point where a record, a barrier, a checkpoint or a commit can be half way: each time the outcome is
 * the oracle's, books included.
 */
class FailurePointsIT {
    /** The second: the first may be empty. */
    private static final int CHECKPOINT = 2;
    /**
     * The first insert or COPY takes its own backend away, after its rows are in the table. A sequence, because it does not roll back:
     * the next one goes through.
     */
    private static final String[] FIRST_COMMIT_LOSES_ITS_BACKEND = {
        "CREATE SEQUENCE commits",
        "CREATE FUNCTION lose_backend() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;"
                + " RETURN NULL; END $$",
        "CREATE TRIGGER lose_backend AFTER INSERT ON sensor_aggregates EXECUTE FUNCTION lose_backend()"
    };

    @Server
    static PipelineRig rig;

    @TempDir
    Path completed;

    @ParameterizedTest
    @CsvSource({
        "BEFORE_BARRIER, events, 3, 101",
        "BEFORE_BARRIER, keyed-counted, 2, 102",
        "AT_SNAPSHOT, rows, 1, 103",
        "AT_SNAPSHOT, readings, 4, 104",
        "AFTER_BARRIER, events, 2, 105",
        "AFTER_BARRIER, accepted, 4, 106",
        "BEFORE_NOTIFICATION, readings, 3, 107",
        "BEFORE_NOTIFICATION, accepted, 1, 108",
        "BEFORE_NOTIFICATION, accepted, 4, 109",
        "AT_NOTIFICATION, rows, 2, 110"
    })
    void nothingIsLostOrDoubledByACrashAroundABarrier(
            CrashingOperator.Point point, String edge, int parallelism, long seed) throws Exception {
        assertRightAfter(1, point, edge, parallelism, seed);
    }

    @ParameterizedTest
    @CsvSource({"AT_RESTORE, readings, 1, 111", "AT_RESTORE, rows, 4, 112"})
    void nothingIsLostOrDoubledByACrashWhileStateIsRestored(
            CrashingOperator.Point point, String edge, int parallelism, long seed) throws Exception {
        assertRightAfter(2, point, edge, parallelism, seed);
    }

    @ParameterizedTest
    @CsvSource({"1, 113", "4, 114"})
    void nothingIsLostOrDoubledByACrashInTheMiddleOfATransaction(int parallelism, long seed) throws Exception {
        Workload workload = workload(seed);
        PipelineRun run = rig.run(
                PipelinePlan.of(workload.config(), parallelism)
                        .with(crawling(workload.events(), CrashingCommits::withItsBackend))
                        .withTables(FIRST_COMMIT_LOSES_ITS_BACKEND),
                workload.events());

        assertThat(run.restarts()).as("restarts").isEqualTo(1);
        run.assertRight();
    }

    @ParameterizedTest
    @CsvSource({"2, 115", "3, 116"})
    void nothingIsLostOrDoubledByACrashBetweenCommitAndAcknowledgement(int parallelism, long seed) throws Exception {
        Workload workload = workload(seed);
        PipelineRun run = rig.run(
                PipelinePlan.of(workload.config(), parallelism)
                        .with(crawling(workload.events(), CrashingCommits::afterCommit)),
                workload.events());

        assertThat(run.restarts()).as("restarts").isEqualTo(1);
        run.assertRight();
    }

    private void assertRightAfter(int restarts, CrashingOperator.Point point, String edge, int parallelism, long seed)
            throws Exception {
        Workload workload = workload(seed);
        List<Event> events = workload.events();
        PipelineRun run = rig.run(
                PipelinePlan.of(workload.config(), parallelism)
                        .with(new CrawlingEdges(new EdgeOperators(crashing(point, edge)), events)),
                events);

        assertThat(run.restarts()).as("restarts").isEqualTo(restarts);
        long restored = run.graph()
                .getCheckpointStatsSnapshot()
                .getLatestRestoredCheckpoint()
                .getCheckpointId();
        boolean complete = point.compareTo(CrashingOperator.Point.BEFORE_NOTIFICATION) >= 0;
        assertThat(restored).as("restored checkpoint").isGreaterThanOrEqualTo(complete ? CHECKPOINT : CHECKPOINT - 1);
        run.assertRight();
    }

    private Map<String, EdgeOperators.Placed> crashing(CrashingOperator.Point point, String edge) {
        Path directory = completed;
        // In a task of its own, on the other side of the exchange.
        boolean early = edge.equals("events") || edge.equals("readings");
        return Map.of(
                edge,
                new EdgeOperators.Placed() {
                    @Override
                    public <T> OneInputStreamOperator<T, T> operator() {
                        return new CrashingOperator<>(point, CHECKPOINT, directory);
                    }
                },
                early ? "keyed-rejected" : "events",
                new EdgeOperators.Placed() {
                    @Override
                    public <T> OneInputStreamOperator<T, T> operator() {
                        return new AnnounceCheckpoints<>(directory);
                    }
                });
    }

    private static Pipeline.Edges crawling(List<Event> events, UnaryOperator<Output> around) {
        return new CrawlingEdges(
                new Pipeline.Edges() {
                    @Override
                    public <T> DataStream<T> at(String edge, DataStream<T> stream) {
                        return stream;
                    }

                    @Override
                    public Output output(Output output) {
                        return around.apply(output);
                    }
                },
                events);
    }

    private static Workload workload(long seed) {
        List<WeirConfig> layouts = List.of(TestConfigs.longJson(), TestConfigs.wideJson(), TestConfigs.csvLong());
        WeirConfig layout = layouts.get((int) (seed % layouts.size()));
        return new Workload(layout, seed, 4, 4, 500, 0.2, List.of(Fault.values()));
    }
}

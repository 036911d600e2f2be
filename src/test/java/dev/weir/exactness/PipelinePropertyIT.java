package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.job.Pipeline;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.generate.Workloads;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.flink.runtime.checkpoint.RestoredCheckpointStats;

/** Any events, on any layout, read in any interleaving at any parallelism, with a failure in the middle: the outcome is the oracle's. */
class PipelinePropertyIT {
    private static PipelineRig rig;

    @BeforeContainer
    static void start() throws Exception {
        rig = new PipelineRig();
    }

    @AfterContainer
    static void stop() throws Exception {
        rig.close();
    }

    /**
     * How the job runs.
     *
     * @param maxPollRecords how much the source takes from Kafka at once: partitions interleave by it
     * @param failingEdge where the operator stands that fails
     * @param failingCheckpoint after how many completed checkpoints, from 1
     */
    record Circumstances(int parallelism, int maxPollRecords, String failingEdge, int failingCheckpoint) {}

    @Property(tries = 20, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void leavesBehindWhatTheOracleSaysThoughItFailsOnTheWay(
            @ForAll("workloads") Workload workload, @ForAll("circumstances") Circumstances circumstances)
            throws Exception {
        List<Event> events = workload.events();
        PipelineRun run = rig.run(
                polling(workload.config(), circumstances.maxPollRecords()),
                events,
                circumstances.parallelism(),
                failing(circumstances, events));

        assertThat(run.restarts()).as("restarts").isEqualTo(1);
        RestoredCheckpointStats restored =
                run.graph().getCheckpointStatsSnapshot().getLatestRestoredCheckpoint();
        assertThat(restored.getCheckpointId())
                .as("restored checkpoint")
                .isGreaterThanOrEqualTo(circumstances.failingCheckpoint());
        run.assertRight();
    }

    @Provide
    Arbitrary<Workload> workloads() {
        Arbitrary<Integer> eventsPerSensor = Arbitraries.integers().between(400, 1_000);
        return Combinators.combine(Workloads.any(), eventsPerSensor)
                .as((w, events) -> new Workload(
                        w.config(), w.seed(), w.sensors(), w.partitions(), events, w.faultRate(), w.faults()));
    }

    @Provide
    Arbitrary<Circumstances> circumstances() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(5, 50, 500),
                        Arbitraries.of("events", "readings", "accepted", "rows", "rejected", "keyed-rejected"),
                        Arbitraries.integers().between(1, 3))
                .as(Circumstances::new);
    }

    private static Pipeline.Edges failing(Circumstances circumstances, List<Event> events) {
        var failure = new EdgeOperators.Placed() {
            @Override
            public <T> FailAfterCheckpoint<T> operator() {
                return new FailAfterCheckpoint<>(circumstances.failingCheckpoint());
            }
        };
        return new CrawlingEdges(new EdgeOperators(Map.of(circumstances.failingEdge(), failure)), events);
    }

    private static WeirConfig polling(WeirConfig config, int maxPollRecords) {
        WeirConfig.Kafka kafka = config.kafka();
        Map<String, String> properties = new HashMap<>(kafka.properties());
        properties.put("max.poll.records", Integer.toString(maxPollRecords));
        return TestConfigs.withSinks(
                config,
                new WeirConfig.Kafka(
                        kafka.bootstrapServers(),
                        kafka.topics(),
                        null,
                        kafka.group(),
                        kafka.start(),
                        kafka.stop(),
                        properties),
                null,
                null);
    }
}

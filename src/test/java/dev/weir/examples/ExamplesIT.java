package dev.weir.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.catalogtest.Deviations;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.DeadLetters;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every example through the whole job, from topics of its own names to the lake, PostgreSQL and the dead letters. All jobs are
 * submitted at once and share one cluster, where they wait for each other's slots.
 */
class ExamplesIT {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    @Server
    static PipelineRig rig;

    private static final Map<String, PipelineJob> JOBS = new HashMap<>();

    static List<String> names() throws IOException {
        return Example.names();
    }

    @BeforeAll
    static void submit() throws Exception {
        for (String name : names()) {
            Example example = Example.of(name);
            PipelinePlan plan = PipelinePlan.of(example.config(), 1).withTopics(example.topics());
            int partitions = PipelineRig.partitions(example.test().events());
            JOBS.put(name, rig.start(plan, example.test().events(), partitions));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecordHasItsExpectedVerdict(String name) throws Exception {
        Example example = Example.of(name);

        PipelineRun run = JOBS.get(name).end(WITHIN);

        Outcome outcome = new Outcome(
                run.readings().stream().map(Rows::accepted).toList(), run.rows(), run.rejects(), run.books());
        assertThat(Deviations.of(example.test(), example.config(), outcome)).isEmpty();
        DeadLetters.assertOriginalBytes(run.sent(), run.letters());
        run.assertBalanced();
    }
}

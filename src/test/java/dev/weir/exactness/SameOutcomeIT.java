package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.oracle.Accepted;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.oracle.Rejected;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What comes out is a function of each partition's order alone: not of the parallelism, nor of when the events came.
 * The runs are compared to the bit.
 */
class SameOutcomeIT {
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final int CHUNKS = 4;
    private static final int PARTITIONS = 4;
    private static final Workload WORKLOAD =
            new Workload(TestConfigs.longJson(), 20_26, 6, PARTITIONS, 150, 0.2, List.of(Fault.values()));

    @Server
    static PipelineRig rig;

    @Test
    void isTheSameAtEveryParallelismLiveAndAsABoundedReplay() throws Exception {
        List<Event> events = WORKLOAD.events();
        PipelineRun first = rig.run(WORKLOAD.config(), events, 1);
        first.assertRight();
        for (int parallelism : new int[] {2, 4}) {
            assertSame(first, rig.run(WORKLOAD.config(), events, parallelism));
        }
        for (int parallelism : new int[] {1, 2, 4}) {
            assertSame(first, live(events, parallelism));
        }
    }

    /** The events come while the job runs, in another interleaving of the partitions, with checkpoints in between; then it is drained. */
    private static PipelineRun live(List<Event> events, int parallelism) throws Exception {
        int size = events.size() / CHUNKS + 1;
        PipelineJob job = rig.start(
                PipelinePlan.of(WORKLOAD.config(), parallelism).untilStopped(),
                byPartition(events.subList(0, size)),
                PARTITIONS);
        try {
            for (int from = size; from < events.size(); from += size) {
                awaitInBooks(job);
                job.send(byPartition(events.subList(from, Math.min(events.size(), from + size))));
            }
            awaitInBooks(job);
            job.drain(rig.directory());
            return job.end(WITHIN);
        } finally {
            job.cancel();
        }
    }

    private static void awaitInBooks(PipelineJob job) {
        await().atMost(WITHIN).until(() -> job.eventsInBooks() == job.sent().size());
    }

    /** The last partition first, each in its order. */
    private static List<Event> byPartition(List<Event> events) {
        return events.stream()
                .sorted(Comparator.comparingInt((Event event) -> -event.origin().partition()))
                .toList();
    }

    private static void assertSame(PipelineRun first, PipelineRun other) {
        assertThat(other.restarts()).as("restarts").isZero();
        Outcomes.assertIdentical(outcome(first), outcome(other));
        other.assertRight();
    }

    /** Without what names the run: its topic. */
    private static Outcome outcome(PipelineRun run) {
        return new Outcome(
                run.readings().stream()
                        .map(Rows::accepted)
                        .map(a -> new Accepted(
                                a.series(),
                                a.eventTimeMicros(),
                                a.value(),
                                a.unit(),
                                a.site(),
                                a.quality(),
                                unnamed(a.origin())))
                        .toList(),
                run.rows(),
                run.rejects().stream()
                        .map(r -> new Rejected(unnamed(r.origin()), r.reason(), r.detail(), r.metric()))
                        .toList(),
                run.books());
    }

    private static Origin unnamed(Origin origin) {
        return new Origin("any", origin.partition(), origin.offset(), origin.timestampMillis());
    }
}

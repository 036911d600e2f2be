package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.core.model.Event;
import dev.weir.job.Pipeline;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;

/** The books of a job that fails, is stopped, goes on with other parallelism and fails again. */
class BooksIT {
    @Server
    static PipelineRig rig;

    private final Workload workload = new Workload(TestConfigs.longJson(), 42, 6, 3, 300, 0.2, List.of(Fault.values()));

    @Test
    void areExactUnderFailuresAndRescaling() throws Exception {
        List<Event> events = workload.events();
        int half = events.size() / 2;
        PipelineLife life = new PipelineLife(rig, "books", rig.postgres().newDatabase(), workload.partitions());
        life.send(events.subList(0, half));
        RunningPipeline first = life.start(
                        Starting.fresh(workload.config()).with(failing("keyed-counted", events.subList(0, half))))
                .awaitRead(1, half);
        String savepoint = first.stop();
        assertThat(first.restarts()).isEqualTo(1);

        life.send(events.subList(half, events.size()));
        PipelineRun run = life.start(
                        Starting.from(savepoint, workload.config()).parallel(4).with(failing("counted", events)))
                .awaitRead(1, events.size())
                .drain();

        assertThat(run.restarts()).isEqualTo(1);
        run.assertRight();
        assertThat(life.generations()).containsExactly("1");
    }

    /** Once, at that edge, after the second checkpoint, with events left to read: the last quarter of them crawls until then. */
    private static Pipeline.Edges failing(String edge, List<Event> events) {
        Pipeline.Edges failure = new EdgeOperators(Map.of(edge, new EdgeOperators.Placed() {
            @Override
            public <T> FailAfterCheckpoint<T> operator() {
                return new FailAfterCheckpoint<>(2);
            }
        }));
        Map<Integer, Long> slowFrom = new HashMap<>();
        events.forEach(event ->
                slowFrom.merge(event.origin().partition(), event.origin().offset() * 3 / 4, Math::max));
        return new Pipeline.Edges() {
            @Override
            @SuppressWarnings("unchecked") // what flows at "events" are events
            public <T> DataStream<T> at(String at, DataStream<T> stream) {
                DataStream<T> slowed = at.equals("events")
                        ? (DataStream<T>) ((DataStream<Event>) stream)
                                .transform(
                                        "Crawl",
                                        ((DataStream<Event>) stream).getType(),
                                        new CrawlUntilFailure(slowFrom))
                                .uid("test-crawl")
                        : stream;
                return failure.at(at, slowed);
            }
        };
    }
}

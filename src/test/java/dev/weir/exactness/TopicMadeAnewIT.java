package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Event;
import dev.weir.core.model.Origin;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import dev.weir.testing.pipeline.SteadyFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A topic that is not the one that was read, though it has its name, is refused: it was deleted and made anew, or is shorter than what the
 * group has committed. A start without state or a topic with another name is the way on.
 */
class TopicMadeAnewIT {
    private static final AtomicInteger LIVES = new AtomicInteger();

    @Server
    static PipelineRig rig;

    private final SteadyFeed feed = new SteadyFeed("s-");
    private final WeirConfig base = SteadyFeed.config("Cel", 125);

    @Test
    void refusesATopicThatWasMadeAnewAndStartsWithoutState() throws Exception {
        PipelineLife life = life();
        life.send(feed.steps(0, 0, 10));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 10).stop();
        List<String> rows = life.rowGenerations();

        life.makeTheTopicAnew(1);
        life.send(feed.steps(0, 0, 14));
        assertThat(life.start(Starting.from(savepoint, base)).refusal())
                .contains("weir.kafka.topics: " + life.name()
                        + " is not the topic that the state's positions belong to: it was deleted and made anew")
                .contains("weir.kafka.start: earliest");
        assertThat(life.generations()).containsExactly("1");
        assertThat(life.rowGenerations()).isEqualTo(rows);

        life.start(Starting.fresh(base)).awaitRead(2, 14).drain();
        Outcomes.assertBooks(new Oracle(base).judge(life.sent()).books(), life.books(2));
    }

    @Test
    void refusesATopicThatIsMadeAnewWhileItRuns() throws Exception {
        PipelineLife life = life();
        life.send(feed.steps(0, 0, 10));
        RunningPipeline running = life.start(Starting.fresh(base)).awaitRead(1, 10);

        life.makeTheTopicAnew(1);
        life.send(feed.steps(0, 0, 14));

        assertThat(running.refusal()).contains("it was deleted and made anew").contains("weir.kafka.start: earliest");
        assertThat(life.books(1)).containsEntry("events.read", 10L);
    }

    @Test
    void refusesATopicMadeAnewThatIsShorterThanWhatWasRead() throws Exception {
        PipelineLife life = life();
        life.send(feed.steps(0, 0, 10));
        RunningPipeline running = life.start(Starting.fresh(base)).awaitRead(1, 10);

        life.makeTheTopicAnew(1);

        assertThat(running.refusal()).contains("it was deleted and made anew");
    }

    /** The other cure: the state is kept, and the topic has another name. */
    @Test
    void goesOnWithTheStateFromATopicWithAnotherName() throws Exception {
        PipelineLife life = life();
        life.send(feed.steps(0, 0, 30));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 30).stop();

        life.deleteTheTopic();
        PipelineLife other = new PipelineLife(rig, life.name() + "-b", "none", 1);
        other.send(feed.steps(0, 30, 50));
        PipelineRun run = life.start(Starting.from(savepoint, base).reading(other.name()))
                .awaitRead(1, 50)
                .drain();

        List<Event> read = new ArrayList<>(life.sent());
        for (Event event : other.sent()) {
            Origin origin = event.origin();
            read.add(new Event(
                    new Origin(origin.topic(), 0, origin.offset() - 30, origin.timestampMillis()),
                    event.key(),
                    event.value()));
        }
        run.assertRead(read);
    }

    @Test
    void refusesACommittedOffsetBehindTheEndOfThePartition() throws Exception {
        PipelineLife life = life();
        life.send(feed.steps(0, 0, 10));
        life.commit(Map.of(0, 100L));

        assertThat(life.start(Starting.fresh(base).atDefault()).refusal())
                .contains("weir.kafka.topics: the position in partition 0 of " + life.name()
                        + " is 100, but the partition ends at 10")
                .contains("weir.kafka.start: earliest");
    }

    private static PipelineLife life() {
        return new PipelineLife(
                rig, "anew-" + LIVES.incrementAndGet(), rig.postgres().newDatabase(), 1);
    }
}

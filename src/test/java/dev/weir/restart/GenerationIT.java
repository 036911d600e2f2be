package dev.weir.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Reason;
import dev.weir.postgres.Migrations;
import dev.weir.postgres.Shadows;
import dev.weir.testing.oracle.Oracle;
import dev.weir.testing.oracle.Outcome;
import dev.weir.testing.outputs.Outcomes;
import dev.weir.testing.outputs.Rows;
import dev.weir.testing.pipeline.PipelineLife;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.RunningPipeline;
import dev.weir.testing.pipeline.Server;
import dev.weir.testing.pipeline.Starting;
import dev.weir.testing.pipeline.SteadyFeed;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which generation a job of a pipeline belongs to, and whether it may start at all, seen from what stands outside. */
class GenerationIT {
    private static final AtomicInteger LIVES = new AtomicInteger();

    @Server
    static PipelineRig rig;

    private final SteadyFeed feed = new SteadyFeed("s-");
    private final WeirConfig base = SteadyFeed.config("Cel", 125);

    @Test
    void goesOnFromASavepointInTheSameGeneration() throws Exception {
        PipelineLife life = life(2);
        life.send(feed.all(2, 0, 100));
        String savepoint =
                life.start(Starting.fresh(base).parallel(2)).awaitRead(1, 200).stop();

        life.send(feed.all(2, 100, 200));
        PipelineRun run =
                life.start(Starting.from(savepoint, base)).awaitRead(1, 400).drain();

        run.assertRight();
        assertThat(life.generations()).containsExactly("1");
        assertThat(run.readings()).allMatch(reading -> reading.generation() == 1);
        life.assertRowsAreOf(1);
    }

    @Test
    void refusesTheDefaultStartWithoutStateOfAPipelineThatHasRun() throws Exception {
        PipelineLife life = life(1);
        life.send(feed.all(1, 0, 20));
        life.start(Starting.fresh(base)).awaitRead(1, 20).stop();

        assertThat(life.start(Starting.fresh(base).atDefault()).refusal())
                .contains(
                        "weir.kafka.start: committed-or-earliest, the default, is refused for a start without state: pipeline ")
                .contains("generation 1");
        assertThat(life.generations()).containsExactly("1");
    }

    @Test
    void refusesASavepointOlderThanWhatIsCommittedUntilARewindIntoANewLakeIsAllowed() throws Exception {
        PipelineLife life = life(2);
        life.send(feed.all(2, 0, 100));
        RunningPipeline first = life.start(Starting.fresh(base)).awaitRead(1, 200);
        String older = first.savepoint();
        life.send(feed.all(2, 100, 200));
        String newest = first.awaitRead(1, 400).cancel();

        assertThat(life.start(Starting.from(older, base)).refusal()).contains("weir.restore.rewind is false");
        assertThat(life.start(Starting.from(older, base).rewinding("lake")).refusal())
                .contains("weir.lake.path must be a new one for a rewind");
        life.send(feed.all(2, 200, 210));
        life.start(Starting.from(newest, base)).awaitRead(1, 420).cancel();
        assertThat(life.generations()).as("nothing refused began one").containsExactly("1");

        long acceptedBefore = life.books(1).get("readings.accepted");
        PipelineRun run = life.start(Starting.from(older, base).rewinding("lake-2"))
                .awaitRead(2, 220)
                .drain();
        Outcome expected = new Oracle(run.config()).judge(life.sent());
        Outcomes.assertAggregates(expected.aggregates(), run.rows());
        Outcomes.assertReadings(
                expected.readings().stream()
                        .filter(reading -> reading.origin().offset() >= 100)
                        .toList(),
                run.readings().stream().map(Rows::accepted).toList());
        assertThat(run.readings()).allMatch(reading -> reading.generation() == 2);
        assertThat(run.emissions()).noneMatch(row -> row.partial());
        assertThat(life.books(2))
                .containsEntry("readings.accepted", (long) run.readings().size());
        assertThat(life.books(1))
                .as("the life before stays as it was")
                .containsEntry("readings.accepted", acceptedBefore);
    }

    @Test
    void goesOnInANewGenerationOnTheSameLakeWhenALimitIsChanged() throws Exception {
        PipelineLife life = life(2);
        life.send(feed.all(2, 0, 100));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 200).stop();

        life.send(new SteadyFeed("s-", 110).all(2, 100, 200));
        PipelineRun run = life.start(
                        Starting.from(savepoint, SteadyFeed.config("Cel", 100)).parallel(2))
                .awaitRead(2, 200)
                .drain();

        run.assertRight(); // by the new limit, which none of the readings before it breaks
        assertThat(life.books(2)).containsEntry("rejected.OUT_OF_RANGE", rejectedSince(run, 100));
        assertThat(run.emissions()).noneMatch(row -> row.partial());
        assertThat(run.readings())
                .allMatch(reading -> reading.generation() == (reading.origin().offset() < 100 ? 1 : 2));
    }

    @Test
    void refusesAnotherUnitOfAMetricWithState() throws Exception {
        PipelineLife life = life(1);
        life.send(feed.all(1, 0, 20));
        String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 20).stop();

        assertThat(life.start(Starting.from(savepoint, SteadyFeed.config("[degF]", 257)))
                        .refusal())
                .contains("metrics.temperature.unit must stay Cel for a start from state, got [degF]");

        life.send(feed.all(1, 20, 40));
        life.start(Starting.from(savepoint, base)).awaitRead(1, 40).drain().assertRight();
    }

    /** Its statements, the connector's and Flyway's: a role that may create in the schema cannot have any of them run code of its own. */
    @Test
    void runsNothingThatSomebodyElsePutIntoItsSchema() throws Exception {
        PipelineLife life = life(1);
        Migrations.apply(rig.postgres().options(life.url()));
        String role = Shadows.attacker(rig.postgres(), life.url(), "public");
        try (Connection attacker = Shadows.place(life.url(), role, "public", Shadows.OF_OURS)) {
            life.send(feed.all(1, 0, 50));

            String savepoint = life.start(Starting.fresh(base)).awaitRead(1, 50).stop();

            assertThat(life.books(1)).containsEntry("events.read", 50L);
            // The test's own queries are not so careful.
            attacker.createStatement().execute("DROP OWNED BY " + role + " CASCADE");
            life.send(feed.all(1, 50, 60));
            life.start(Starting.from(savepoint, base)).awaitRead(1, 60).drain().assertRight();
        }
    }

    /** Their rows would overwrite each other: the keys of the table do not name the pipeline. */
    @Test
    void refusesASecondPipelineInTheSchemaAndLetsTheFirstGoOn() throws Exception {
        String url = rig.postgres().newDatabase();
        PipelineLife one = new PipelineLife(rig, "life-" + LIVES.incrementAndGet(), url, 1);
        PipelineLife other = new PipelineLife(rig, "life-" + LIVES.incrementAndGet(), url, 1);
        one.send(feed.all(1, 0, 50));
        other.send(feed.all(1, 0, 60));
        RunningPipeline running = one.start(Starting.fresh(base).atDefault()).awaitRead(1, 50);

        assertThat(other.start(Starting.fresh(base).atDefault()).refusal())
                .contains("weir.postgres.schema: public holds the rows of pipeline life-")
                .contains("Give each pipeline a schema of its own");

        assertThat(other.generations()).isEmpty();
        one.send(feed.all(1, 50, 100));
        running.awaitRead(1, 100).drain().assertRight();
    }

    @Test
    void stopsWithoutARestartWhenANewerRunIsThere() throws Exception {
        PipelineLife life = life(1);
        life.send(feed.all(1, 0, 20));
        RunningPipeline running = life.start(Starting.fresh(base)).awaitRead(1, 20);
        life.registerNewerRun();
        assertThat(running.refusal()).contains("(run newer after ").contains("only the newest may write");
    }

    @Test
    void stopsTheOlderOfTwoJobsOfOnePipelineAndLetsTheNewerGoOn() throws Exception {
        PipelineLife life = life(2);
        life.send(feed.all(2, 0, 100));
        RunningPipeline older = life.start(Starting.fresh(base)).awaitRead(1, 200);

        RunningPipeline newer = life.start(Starting.fresh(base));
        life.send(feed.all(2, 100, 200));
        // Either may begin anew first: Kafka's sinks of one pipeline fence each other, and in one JVM refuse to be two.
        assertThat(older.failure())
                .contains("weir.pipeline: another job of pipeline ")
                .contains("only the newest may write");
        PipelineRun run = newer.awaitRead(2, 400).drain();

        Outcome expected = new Oracle(run.config()).judge(life.sent());
        Outcomes.assertBooks(expected.books(), life.books(2));
        Outcomes.assertReadings(
                expected.readings(),
                run.readings().stream()
                        .filter(reading -> reading.generation() == 2)
                        .map(Rows::accepted)
                        .toList());
        // Later than the first reading and the lateness: complete in the newer's generation, whatever the older did.
        long completeAfter = (SteadyFeed.BEGIN_MILLIS + Duration.ofMinutes(2).toMillis()) * 1_000;
        Outcomes.assertAggregates(
                expected.aggregates().stream()
                        .filter(row -> row.windowStartMicros() > completeAfter)
                        .toList(),
                run.rows().stream()
                        .filter(row -> row.windowStartMicros() > completeAfter)
                        .toList());
    }

    private static PipelineLife life(int partitions) {
        return new PipelineLife(
                rig, "life-" + LIVES.incrementAndGet(), rig.postgres().newDatabase(), partitions);
    }

    private static long rejectedSince(PipelineRun run, int offset) {
        return run.rejects().stream()
                .filter(reject -> reject.origin().offset() >= offset)
                .filter(reject -> reject.reason() == Reason.OUT_OF_RANGE)
                .count();
    }
}

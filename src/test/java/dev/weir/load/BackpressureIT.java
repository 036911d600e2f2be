package dev.weir.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import dev.weir.testing.PostgresServer;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.pipeline.EdgeOperators;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

/** A database that is slow or away costs time and nothing else: no restart, no memory, no row. */
class BackpressureIT {
    private static final WeirConfig CONFIG = TestConfigs.lenientLongJson();
    private static final int PARALLELISM = 2;
    private static final int PARTITIONS = 4;
    private static final int SENSORS = 400;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    /** How long the database is away; two minutes, by hand, show more than a build has time for. */
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("weir.outage.seconds", 10));

    private static final int EVENTS = 160_000;
    private static final long MAX_PENDING_BYTES = 256 << 10;
    /** Of a second. */
    private static final long BACKPRESSURED_MILLIS = 500;
    /** A sealed row of this feed takes some more. */
    private static final long LEAST_ROW_BYTES = 80;
    /** More than a row takes in {@code pendingBytes}: its encoded bytes, and in the open epoch eight to find it. */
    private static final long ROW_BYTES = 400;
    /** Of the whole job beside the broker, at the height of the backlog: its rows are bounded, the rest is Flink's and the clients'. */
    private static final long HEAP_BYTES = 96L << 20;
    /** Outside of the heap: RocksDB, network buffers, the heap's own growth apart. */
    private static final long NATIVE_BYTES = 512L << 20;

    private static final String[] EVERY_COMMIT_TAKES_A_SECOND = {
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$",
        "CREATE TRIGGER slow BEFORE INSERT ON sensor_aggregates EXECUTE FUNCTION slow()"
    };

    @Server(own = true)
    static PipelineRig rig;

    @Test
    void aSlowDatabaseSlowsTheInputAndNothingElse() throws Exception {
        EndlessFeed feed = new EndlessFeed(SENSORS, PARTITIONS);
        PipelinePlan plan = PipelinePlan.of(CONFIG, PARALLELISM)
                .with(new EdgeOperators(Map.of("rows", new EdgeOperators.Placed() {
                    @Override
                    public <T> OneInputStreamOperator<T, T> operator() {
                        return new EpochMeter<>();
                    }
                })))
                // Not bounded: a source that comes to its end declines the checkpoints that meet it there.
                .untilStopped()
                .withMaxPending(MAX_PENDING_BYTES)
                .withTables(EVERY_COMMIT_TAKES_A_SECOND);
        BacklogWatch watch = new BacklogWatch(MAX_PENDING_BYTES);
        PipelineJob job = rig.start(plan, feed.next(EVENTS), PARTITIONS);
        try {
            await().atMost(WITHIN).until(() -> {
                watch.look(job);
                if (job.eventsInBooks() < job.sent().size()) {
                    return false;
                }
                // Flink looks at backpressure every few seconds: a fast machine may work it off in between. On a slow
                // one epochs are long: it takes more events, some of them no row, until little of them is pending.
                if (watch.sourceBackpressuredMillis() > BACKPRESSURED_MILLIS
                        && watch.pendingBytes() < halfUnbounded(job.sent().size()) * 3 / 4) {
                    return true;
                }
                job.send(feed.next(EVENTS / 4));
                return false;
            });
            job.drain(rig.directory());
        } finally {
            job.cancel();
        }
        PipelineRun run = job.end(WITHIN);

        assertThat(run.restarts()).as("restarts").isZero();
        run.assertRight();
        assertThat(watch.pendingBytes())
                .as("pendingBytes of a subtask: max-pending, and the epochs that are open, sealed and just complete")
                .isGreaterThan(MAX_PENDING_BYTES)
                .isLessThanOrEqualTo(MAX_PENDING_BYTES + 3 * watch.greatestEpoch() * ROW_BYTES);
        assertThat(watch.pendingBytes())
                .as("half of what a subtask had pending if nothing held it back")
                .isLessThan(halfUnbounded(run.emissions().size()));
        assertThat(watch.checkpointsWhileFull())
                .as("checkpoints that completed between the first and the last look at a full backlog")
                .isGreaterThanOrEqualTo(3);
        assertThat(watch.failuresWhileFull())
                .as("checkpoints that failed in between, %s", watch)
                .isZero();
        assertThat(watch.heapGrowthBytes()).as("live heap").isLessThan(HEAP_BYTES);
        assertThat(watch.nativeGrowthBytes()).as("memory outside of the heap").isLessThan(NATIVE_BYTES);
        assertThat(watch.sourceBackpressuredMillis())
                .as("of a second, in which the source waits for the task that holds this sink")
                .isGreaterThan(BACKPRESSURED_MILLIS);
        assertThat(watch.sinkBackpressuredMillis())
                .as("of a second, in which that task waits for another")
                .isLessThan(100);
    }

    private static long halfUnbounded(long rows) {
        return rows * LEAST_ROW_BYTES / PARALLELISM / 2;
    }

    @Test
    void anOutageCostsNoRestart() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            EndlessFeed feed = new EndlessFeed(SENSORS, PARTITIONS);
            PipelineJob job = rig.start(
                    PipelinePlan.of(CONFIG, PARALLELISM).on(server).untilStopped(), feed.next(SENSORS * 5), PARTITIONS);
            try {
                awaitInBooks(job);
                server.stopServer();
                long before = job.completedCheckpoints();
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < OUTAGE.toNanos()) {
                    job.send(feed.next(SENSORS / 4));
                    awaitCheckpoint(job);
                }
                assertThat(job.completedCheckpoints() - before)
                        .as("checkpoints during the outage")
                        .isGreaterThanOrEqualTo(OUTAGE.toSeconds() / 2);
                await("pendingBytes shows what waits")
                        .atMost(WITHIN)
                        .until(() -> job.greatest(".sink.postgres.pendingBytes").orElse(0) > 0);
                server.startServer();
                job.send(feed.next(SENSORS));
                awaitInBooks(job);
                job.drain(rig.directory());
                PipelineRun run = job.end(WITHIN);

                assertThat(run.restarts()).as("restarts").isZero();
                run.assertRight();
            } finally {
                job.cancel();
            }
        }
    }

    private static void awaitInBooks(PipelineJob job) {
        await().atMost(WITHIN).until(() -> job.eventsInBooks() == job.sent().size());
    }

    /** One that began after the call at the earliest when the one before was complete. */
    private static void awaitCheckpoint(PipelineJob job) throws IOException {
        long before = job.completedCheckpoints();
        try {
            await().atMost(WITHIN).until(() -> job.completedCheckpoints() > before + 1);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no checkpoint completes: " + job.describe(), e);
        }
    }
}

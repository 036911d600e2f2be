package dev.weir.exactness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.core.model.Event;
import dev.weir.testing.generate.FuzzFeed;
import dev.weir.testing.generate.FuzzSource;
import dev.weir.testing.pipeline.MemoryWatch;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import dev.weir.testing.pipeline.PipelineRun;
import dev.weir.testing.pipeline.Server;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No input stops the job: {@code weir.fuzz.events} events, random and broken ones, of every catalog, through the whole job. Each is in the
 * books, and all that comes out is what the oracle says. The seed, {@code weir.fuzz.seed} or else 1, is printed.
 */
class FuzzIT {
    private static final int EVENTS = Integer.getInteger("weir.fuzz.events", 20_000);
    private static final long SEED = Long.getLong("weir.fuzz.seed", 1);
    /** So that the comparison, which needs more memory than the job, fits into the tests' heap. */
    private static final int GREATEST_RUN = 50_000;

    /** With fewer events each third source has its turn: a job takes seconds to start, and CoreFuzzTest judges all sources. */
    private static final int ALL_SOURCES_FROM = 100_000;

    private static final int SOURCE_EVENTS = 20_000;
    private static final int PARALLELISM = 2;
    private static final int PARTITIONS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    /** A look collects garbage, which takes long where the heap is large. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(4);

    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Of job and broker together, beyond what both have when they are idle. */
    private static final long HEAP_BYTES = 192L << 20;
    /** Of the whole test: twenty jobs one after the other, the broker's mapped files and DuckDB, which compares, are in it. */
    private static final long NATIVE_BYTES = 5L << 29;

    @Server(own = true)
    static PipelineRig rig;

    @Test
    void noInputStopsTheJob() throws Exception {
        System.out.printf("fuzz of the job: weir.fuzz.seed=%d, %d events%n", SEED, EVENTS);
        List<FuzzSource> all = FuzzSource.all(SEED, SOURCE_EVENTS);
        List<FuzzSource> sources = IntStream.range(0, all.size())
                .filter(i -> EVENTS >= ALL_SOURCES_FROM || Math.floorMod(i, 3) == Math.floorMod(SEED, 3))
                .mapToObj(all::get)
                .toList();
        MemoryWatch memory = new MemoryWatch();
        int share = EVENTS / sources.size();
        long done = 0;
        for (int i = 0; i < sources.size(); i++) {
            FuzzSource foreign = sources.get((i + 3) % sources.size());
            for (int left = share, round = 0; left > 0; left -= GREATEST_RUN, round++) {
                long seed = SEED + 1_000L * i + round;
                List<Event> events =
                        new FuzzFeed(sources.get(i), foreign, seed, PARTITIONS).next(Math.min(left, GREATEST_RUN));
                run(sources.get(i), events, memory);
                done += events.size();
                System.out.printf("  %d of %d events, %s%n", done, EVENTS, memory);
            }
        }
        assertThat(memory.heapGrowthBytes()).as("live heap, seed %s", SEED).isLessThan(HEAP_BYTES);
        assertThat(memory.nativeGrowthBytes()).as("memory outside of the heap").isLessThan(NATIVE_BYTES);
    }

    /** Of this process, all threads: what a figure is worth on a machine that others use too. */
    private static long cpuMillis() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1_000_000;
    }

    private static void run(FuzzSource source, List<Event> events, MemoryWatch memory) throws Exception {
        long begin = System.nanoTime();
        long cpu = cpuMillis();
        PipelinePlan plan = PipelinePlan.of(source.config(), PARALLELISM).withCheckpointsEvery(CHECKPOINT_EVERY);
        PipelineJob job = rig.start(plan, events, PARTITIONS);
        long held = MemoryWatch.sizeOf(events);
        PipelineRun run;
        try {
            await().atMost(WITHIN).pollInterval(POLL).until(() -> {
                memory.look(held, LOOK_EVERY);
                return job.hasEnded();
            });
            memory.look(held);
            run = job.end(WITHIN);
        } finally {
            job.cancel();
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(run.restarts()).as("restarts, %s, seed %s", source, SEED).isZero();
        assertThat(run.books()).as("the books, %s", source).containsEntry("events.read", (long) events.size());
        run.assertRight();
        System.out.printf(
                "%-14s %d events, %d rejected; %d readings, %d accepted; %d ms, compared in %d ms, CPU %d ms%n",
                source,
                events.size(),
                run.books().get("events.rejected"),
                run.books().get("readings.decoded"),
                run.books().get("readings.accepted"),
                millis,
                (System.nanoTime() - begin) / 1_000_000 - millis,
                cpuMillis() - cpu);
    }
}

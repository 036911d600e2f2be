package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guard against decay: a short W1, Weir beside the plain job on the same machine at the same time of day. A ratio, never a time. */
class BenchGuardIT {
    /**
     * Below what ten million events show (docs/performance.md): the plain job gets slower with its state, and of a short run start and
     * compilation are much. It finds a decay of the order of a RocksDB access for each reading.
     */
    private static final double AT_LEAST = 3;

    private static final long EVENTS = 3_000_000;
    private static final long WARMUP = 2_000_000;

    /** A bounded job ends with a checkpoint: with the shipped 10 s between two, waiting for it would be half of so short a run. */
    private static final Map<String, String> OFTEN =
            Map.of("execution.checkpointing.interval", "2 s", "execution.checkpointing.min-pause", "500 ms");

    @Test
    void isThreeTimesAsFastAsThePlainJob() throws Exception {
        BenchOptions options = new BenchOptions(
                "W1",
                0,
                0,
                EVENTS,
                WARMUP,
                1,
                List.of(Contenders.PLAIN, Contenders.WEIR),
                false,
                false,
                1,
                OFTEN,
                Path.of("target", "bench-guard").toAbsolutePath());
        BenchTable table = new Bench(options, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
        assertThat(table.ratioToPlain(Contenders.WEIR))
                .as("Weir's events/s against the plain job's\n%s", table)
                .isGreaterThanOrEqualTo(AT_LEAST);
    }
}

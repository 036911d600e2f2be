package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guard against decay: a short W1, the plain job and then Weir on the same machine in the same minute. A ratio, never a time. */
class BenchGuardIT {
    /**
     * Below what ten million events show (docs/performance/results.md): the plain job gets slower with its state, and
     * of a short run start and compilation are much. It finds a decay of the order of a RocksDB access for each
     * reading.
     */
    private static final double AT_LEAST = 3;

    /** A bounded job ends with a checkpoint: with the shipped 10 s between two, waiting for it would be half of so short a run. */
    private static final Map<String, String> OFTEN =
            Map.of("execution.checkpointing.interval", "2 s", "execution.checkpointing.min-pause", "500 ms");

    /**
     * Each runs for as long as the other, not over as many events: of as many, either Weir's were too few or the plain
     * job's take minutes.
     */
    @Test
    void isThreeTimesAsFastAsThePlainJob() throws Exception {
        BenchTable plain = run(Contenders.PLAIN, 1_000_000, 500_000);
        BenchTable weir = run(Contenders.WEIR, 3_000_000, 2_000_000);
        assertThat(rate(weir, Contenders.WEIR) / rate(plain, Contenders.PLAIN))
                .as("Weir's events/s against the plain job's\n%s\n%s", plain, weir)
                .isGreaterThanOrEqualTo(AT_LEAST);
    }

    private static double rate(BenchTable table, String contender) {
        return table.medianRate(new Entrant(contender, 0));
    }

    private static BenchTable run(String contender, long events, long warmup) throws Exception {
        BenchOptions options = new BenchOptions(
                "W1",
                List.of(0),
                0,
                events,
                warmup,
                1,
                List.of(contender),
                false,
                false,
                1,
                OFTEN,
                Path.of("target", "bench-guard", contender).toAbsolutePath());
        return new Bench(options, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
    }
}

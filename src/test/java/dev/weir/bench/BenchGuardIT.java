package dev.weir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A guard against decay: a short W1, Weir beside the plain job on the same machine at the same time of day. A ratio, never a time. */
class BenchGuardIT {
    private static final double AT_LEAST = 3;
    private static final long EVENTS = 400_000;
    /** So that Java has compiled what is measured: of so short a run it would be the most. */
    private static final long WARMUP = 200_000;

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
                Path.of("target", "bench-guard").toAbsolutePath());
        BenchTable table = new Bench(options, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run();
        assertThat(table.ratioToPlain(Contenders.WEIR))
                .as("Weir's events/s against the plain job's\n%s", table)
                .isGreaterThanOrEqualTo(AT_LEAST);
    }
}

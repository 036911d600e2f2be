package dev.weir.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One reading through the series machine, its row included where a window ends. The series lives on from invocation to invocation. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class SeriesBenchmark {
    /** Divides all of the arrangements. */
    private static final int READINGS = 3600;

    private static final int DISORDER_SECONDS = 30;

    private Series[] series;
    private long second;
    private Series.Sink sink;

    @Setup
    public void setUp(Blackhole blackhole) {
        // As many as fit a cache, so that it is the machine that is measured, not the memory.
        series = new Series[60];
        for (int i = 0; i < series.length; i++) {
            series[i] = new Series();
        }
        sink = new Series.Sink(blackhole);
    }

    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void inOrder() {
        for (int i = 0; i < READINGS / series.length; i++, second++) {
            for (Series one : series) {
                one.judge(second, sink);
            }
        }
    }

    /** Each 30 seconds in an order of their own, as far apart as the disorder allows. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void disorder() {
        for (int i = 0; i < READINGS / series.length; i++, second++) {
            // 7 and 30 have no common divisor: each second of the 30 comes once.
            long shuffled = second - second % DISORDER_SECONDS + second * 7 % DISORDER_SECONDS;
            for (Series one : series) {
                one.judge(shuffled, sink);
            }
        }
    }

    /** Each reading twice, the second time ten seconds later. */
    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void duplicates() {
        for (int i = 0; i < READINGS / series.length / 2; i++, second++) {
            for (Series one : series) {
                one.judge(second, sink);
                one.judge(Math.max(0, second - 10), sink);
            }
        }
    }
}

package dev.weir.bench.jmh;

import dev.weir.core.series.SeriesState;
import dev.weir.core.series.SeriesStateCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A series to bytes and back, as full as W1 makes it (a reading a second, two minutes to be late in) and nearly empty. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class StateCodecBenchmark {
    @Param({"1", "600"})
    private int readings;

    private final SeriesStateCodec codec = new SeriesStateCodec();
    private SeriesState state;
    private byte[] bytes;

    @Setup
    public void setUp(Blackhole blackhole) {
        Series series = new Series();
        for (int second = 0; second < readings; second++) {
            series.judge(second, new Series.Sink(blackhole));
        }
        state = series.state;
        bytes = codec.encode(state);
        System.out.println("# " + bytes.length + " bytes");
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(state);
    }

    @Benchmark
    public SeriesState decode() {
        return codec.decode(bytes, null);
    }
}

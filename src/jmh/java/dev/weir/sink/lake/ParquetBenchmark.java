package dev.weir.sink.lake;

import dev.weir.bench.jmh.Fleet;
import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One reading into a file of the lake, its footer and the file system's part included, beside parquet-avro. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ParquetBenchmark {
    private static final int READINGS = 200_000;

    private Reading[] readings;
    private Path directory;
    private int files;
    private boolean told;

    @Setup
    public void setUp() throws IOException {
        readings = Fleet.readings(READINGS);
        directory = Files.createTempDirectory("weir-parquet");
    }

    @TearDown
    public void tearDown() throws IOException {
        clear();
        Files.delete(directory);
    }

    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void weir() throws IOException {
        WeirConfig.Lake lake = new WeirConfig.Lake(directory.toString(), WeirOptions.Compression.ZSTD, 64);
        org.apache.flink.core.fs.Path table = new org.apache.flink.core.fs.Path(directory.toUri());
        try (LakeWriter<Reading> writer =
                LakeWriter.create(new ReadingTable(), table, lake, new UnregisteredMetricsGroup())) {
            for (Reading reading : readings) {
                writer.write(reading, null);
            }
            tell(writer.prepareCommit().stream().mapToLong(LakeFile::bytes).sum());
        }
        clear();
    }

    @Benchmark
    @OperationsPerInvocation(READINGS)
    public void parquetAvro() throws IOException {
        Path file = directory.resolve("avro-" + files++ + ".parquet");
        AvroReadings.write(readings, file);
        tell(Files.size(file));
        clear();
    }

    private void tell(long bytes) {
        if (!told) {
            System.out.printf("# %.1f bytes a reading%n", bytes / (double) READINGS);
            told = true;
        }
    }

    private void clear() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.filter(path -> !path.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

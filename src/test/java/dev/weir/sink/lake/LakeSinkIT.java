package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.config.WeirOptions;
import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in bounded jobs on a local cluster. */
class LakeSinkIT {
    /** Many more days than may be open, each visited in one go by each of two readers. */
    private static final int DAYS = 100;

    @TempDir
    Path directory;

    private LakeReader lake;

    @BeforeEach
    void openReader() {
        lake = new LakeReader(directory.resolve("lake"));
    }

    @Test
    void aNormalEndCommitsEverythingAndLeavesNothingUnfinished() throws Exception {
        int rows = 10_000;
        run(rows, number -> number);
        assertThat(rowsAndDistinctTimes()).containsExactly(rows + " rows, " + rows + " times");
        assertThat(lake.unfinishedFiles()).isEmpty();
    }

    @Test
    void aFailureAfterACheckpointNeitherLosesNorRepeatsAReading() throws Exception {
        int rows = 1_000_000;
        Path marker = directory.resolve("failed");
        run(rows, new FailOnceAfterACheckpoint(marker.toString()));
        assertThat(marker).exists();
        assertThat(rowsAndDistinctTimes()).containsExactly(rows + " rows, " + rows + " times");
    }

    private void run(int rows, MapFunction<Long, Long> between) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        WeirConfig.Lake config =
                new WeirConfig.Lake(directory.resolve("lake").toString(), WeirOptions.Compression.ZSTD, 8);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        environment
                .fromSequence(0, rows - 1)
                .uid("numbers")
                .map(between, TypeInformation.of(Long.class))
                .uid("between")
                .map(n -> LakeHarness.reading(timeOf(n, rows), (double) n), TypeInformation.of(Reading.class))
                .uid("readings")
                .sinkTo(LakeSink.readings(config, "test"))
                .uid("lake");
        environment.execute();
    }

    private static long timeOf(long n, int rows) {
        return n * DAYS / rows * DayPartitions.MICROS_PER_DAY + n;
    }

    private List<String> rowsAndDistinctTimes() {
        return lake.select(
                "readings",
                "count(*) || ' rows, ' || count(DISTINCT event_time) || ' times'",
                "",
                row -> row.getString(1));
    }

    /** Fails the job when the first checkpoint has completed, and leaves a file so that it does not do so again. */
    private record FailOnceAfterACheckpoint(String marker) implements MapFunction<Long, Long>, CheckpointListener {
        @Override
        public Long map(Long number) {
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) throws IOException {
            try {
                Files.createFile(Path.of(marker));
            } catch (FileAlreadyExistsException e) {
                return; // it has failed, or the other subtask was first: a second failure would end the job
            }
            throw new IllegalStateException("on purpose, after checkpoint " + checkpointId);
        }
    }
}

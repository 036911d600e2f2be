package dev.weir.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in a bounded job on a local cluster. */
class LakeSinkIT {
    @TempDir
    Path lake;

    @Test
    void aNormalEndCommitsEverythingAndLeavesNothingUnfinished() throws Exception {
        int rows = 10_000;
        WeirConfig.Lake config = new WeirConfig.Lake(lake.toString(), "zstd", 8);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        environment
                .fromSequence(0, rows - 1)
                .map(LakeSinkIT::nthReading, TypeInformation.of(Reading.class))
                .sinkTo(LakeSink.readings(config))
                .uid("lake");
        environment.execute();

        LakeReader reader = new LakeReader(lake);
        List<Reading> expected =
                LongStream.range(0, rows).mapToObj(LakeSinkIT::nthReading).toList();
        assertThat(reader.readings()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reader.unfinishedFiles()).isEmpty();
    }

    /** Fifty a day over 100 days, and all that again: many more days than may be open. */
    private static Reading nthReading(long n) {
        return LakeHarness.reading(n / 50 % 100 * DayPartitions.MICROS_PER_DAY + n, (double) n);
    }
}

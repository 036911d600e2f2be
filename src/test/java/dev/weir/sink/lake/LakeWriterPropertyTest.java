package dev.weir.sink.lake;

import static dev.weir.sink.lake.LakeHarness.config;
import static dev.weir.sink.lake.LakeHarness.reading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.WeirConfig;
import dev.weir.core.model.Reading;
import dev.weir.testing.LakeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.util.FileUtils;

/** Any rows, any bound, checkpoints and failures anywhere: what is committed is what was written, once. */
class LakeWriterPropertyTest {

    /** One moment of a job's life. {@code day} is only used by WRITE. */
    record Step(What what, int day) {
        enum What {
            WRITE,
            CHECKPOINT,
            /** The attempt ends; the next one restores the last checkpoint and reads on from there. */
            CRASH,
            /** As CRASH, but after the last checkpoint was taken and before its files were committed. */
            CRASH_BEFORE_COMMIT
        }
    }

    @Property(tries = 40)
    void theLakeHoldsWhatWasWrittenOnce(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 4) int maxOpenFiles)
            throws IOException {
        Path lake = Files.createTempDirectory("lake-property");
        try {
            Job job = new Job(config(lake, maxOpenFiles));
            for (Step step : steps) {
                switch (step.what()) {
                    case WRITE -> job.write(step.day());
                    case CHECKPOINT -> job.checkpoint();
                    case CRASH -> job.crash();
                    case CRASH_BEFORE_COMMIT -> job.crashBeforeCommit();
                }
            }
            job.attempt.close();
            assertThat(new LakeReader(lake).readings()).containsExactlyInAnyOrderElementsOf(job.durable);
        } finally {
            FileUtils.deleteDirectory(lake.toFile());
        }
    }

    /** One job over its attempts, and what its source would have to show for it. */
    private static final class Job {
        private final WeirConfig.Lake config;
        private final List<Reading> durable = new ArrayList<>();
        private final List<Reading> sinceCheckpoint = new ArrayList<>();
        private LakeHarness<Reading> attempt;

        Job(WeirConfig.Lake config) throws IOException {
            this.config = config;
            this.attempt = LakeHarness.readings(config);
        }

        void write(int day) throws IOException {
            // a unique event time, so that a lost and a doubled row cannot make up for each other
            int second = durable.size() + sinceCheckpoint.size();
            Reading row = reading(day * DayPartitions.MICROS_PER_DAY + second * 1_000_000L, second);
            attempt.write(row);
            sinceCheckpoint.add(row);
            assertThat(attempt.writer.openFiles()).isLessThanOrEqualTo(config.maxOpenFiles());
        }

        void checkpoint() throws IOException {
            attempt.checkpointAndCommit();
            durable.addAll(sinceCheckpoint);
            sinceCheckpoint.clear();
        }

        void crash() throws IOException {
            attempt.close();
            sinceCheckpoint.clear();
            attempt = LakeHarness.readings(config);
        }

        void crashBeforeCommit() throws IOException {
            List<LakeFile> files = attempt.checkpoint();
            durable.addAll(sinceCheckpoint);
            crash();
            attempt.commit(files);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Step.What> what = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.just(Step.What.WRITE)),
                Tuple.of(2, Arbitraries.just(Step.What.CHECKPOINT)),
                Tuple.of(1, Arbitraries.just(Step.What.CRASH)),
                Tuple.of(1, Arbitraries.just(Step.What.CRASH_BEFORE_COMMIT)));
        return Combinators.combine(what, Arbitraries.integers().between(-3, 3))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }
}

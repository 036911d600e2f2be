package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.books.LatestReport;
import dev.weir.books.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.OptionalFailure;
import org.junit.jupiter.api.Test;

/** The job is played: each look of the follower is one step of it, 300 ms long. */
class LocalJobTest {
    private static final RunReport ALL_READ = new RunReport(Map.of(), Map.of(), Map.of(), true);
    private static final RunReport READING = new RunReport(Map.of(), Map.of(), Map.of(), false);
    private static final Path KEPT = new Path("file:///kept");

    private final PlayedJob job = new PlayedJob();
    private final LocalJob local = new LocalJob(job, KEPT, () -> job.nanos);

    @Test
    void aRunThatHasReadEverythingIsDrainedIntoASavepoint() throws Exception {
        job.play(3, JobStatus.RUNNING, READING).play(1, JobStatus.RUNNING, ALL_READ);

        assertThat(local.await(report -> {})).isEqualTo(new LocalJob.End(ALL_READ, false, true, 7));
        assertThat(job.attempts).containsExactly("drain");
    }

    /** The backoff of a restart is 1 to 20 s, and no savepoint is made meanwhile. */
    @Test
    void aRestartAtTheEndIsWaitedFor() throws Exception {
        job.play(70, JobStatus.RESTARTING, ALL_READ).play(1, JobStatus.RUNNING, ALL_READ);

        assertThat(local.await(report -> {}).kept()).isTrue();
        assertThat(job.attempts).containsExactly("drain");
    }

    /** After a restart the job reads again from its checkpoint, and has sent no report yet. */
    @Test
    void aReportOfBeforeARestartSaysNothing() throws Exception {
        job.broken = 1;
        job.play(1, JobStatus.RUNNING, ALL_READ)
                .play(9, JobStatus.RESTARTING, ALL_READ)
                .play(40, JobStatus.RUNNING, null)
                .play(40, JobStatus.RUNNING, READING)
                .play(1, JobStatus.RUNNING, ALL_READ);

        assertThat(local.await(report -> {}).kept()).isTrue();
        assertThat(job.attempts).containsExactly("drain", "drain");
    }

    @Test
    void storageThatTakesNoSavepointEndsTheRunAfterFiveMinutes() {
        job.broken = Integer.MAX_VALUE;
        job.play(1, JobStatus.RUNNING, ALL_READ);

        assertThatThrownBy(() -> local.await(report -> {}))
                .rootCause()
                .hasMessageStartingWith(
                        "execution.checkpointing.savepoint-dir: the state of the finished run cannot be kept in"
                                + " file:/kept: broken");
        assertThat(Duration.ofNanos(job.nanos)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(310));
        assertThat(job.attempts.size()).isBetween(50, 61);
    }

    @Test
    void aStopWhileTheEndCannotBeKeptIsAStopBeforeTheEnd() throws Exception {
        job.broken = 1;
        job.play(1, JobStatus.RUNNING, ALL_READ);
        local.requestStop();

        LocalJob.End end = local.await(report -> {});

        assertThat(job.attempts).containsExactly("drain", "stop");
        assertThat(end.stopped()).isTrue();
        assertThat(end.kept()).isTrue();
    }

    @Test
    void aRunThatKeepsNothingIsStoppedBeforeItsEnd() throws Exception {
        LocalJob keepsNothing = new LocalJob(job, null, () -> job.nanos);
        job.play(1, JobStatus.RUNNING, READING);
        keepsNothing.requestStop();

        assertThat(keepsNothing.await(report -> {}).stopped()).isTrue();
    }

    /** The command {@code stop} ends the job through its REST interface, and its cluster with it, between two looks. */
    @Test
    void aClusterThatHasShutDownBeforeALookHasAResult() throws Exception {
        job.play(3, JobStatus.RUNNING, READING).play(1, JobStatus.FINISHED, READING);

        assertThat(local.await(report -> {})).isEqualTo(new LocalJob.End(READING, true, false, 7));
        assertThat(job.attempts).isEmpty();
    }

    /** Plays its steps, and then the last one for ever. */
    private static final class PlayedJob implements JobClient {
        private record Step(JobStatus status, RunReport report) {}

        private final List<Step> steps = new ArrayList<>();
        private final List<String> attempts = new ArrayList<>();
        private final Result result = new Result();
        private int step = -1;
        private long nanos;
        /** How many attempts to make a savepoint fail, of a job that runs. */
        private int broken;

        PlayedJob play(int times, JobStatus status, RunReport report) {
            for (int i = 0; i < times; i++) {
                steps.add(new Step(status, report));
            }
            return this;
        }

        private Step now() {
            return steps.get(Math.min(step, steps.size() - 1));
        }

        private final class Result extends CompletableFuture<JobExecutionResult> {
            @Override
            public JobExecutionResult get(long timeout, TimeUnit unit)
                    throws InterruptedException, ExecutionException, TimeoutException {
                if (isDone()) {
                    return get();
                }
                step++;
                nanos += unit.toNanos(timeout);
                throw new TimeoutException();
            }
        }

        @Override
        public JobID getJobID() {
            return new JobID(1, 2);
        }

        @Override
        public CompletableFuture<JobStatus> getJobStatus() {
            return CompletableFuture.completedFuture(now().status());
        }

        @Override
        public CompletableFuture<Void> cancel() {
            result.completeExceptionally(new IllegalStateException("cancelled"));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<String> stopWithSavepoint(
                boolean drain, String directory, SavepointFormatType format) {
            attempts.add(drain ? "drain" : "stop");
            if (now().status() != JobStatus.RUNNING || broken-- > 0) {
                return CompletableFuture.failedFuture(new IllegalStateException("broken"));
            }
            result.complete(ended());
            return CompletableFuture.completedFuture("savepoint");
        }

        private JobExecutionResult ended() {
            return new JobExecutionResult(getJobID(), 7, Map.of(LatestReport.NAME, OptionalFailure.of(now().report())));
        }

        @Override
        public CompletableFuture<String> triggerSavepoint(String directory, SavepointFormatType format) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Map<String, Object>> getAccumulators() {
            RunReport report = now().report();
            if (now().status() == JobStatus.FINISHED) {
                result.complete(ended());
                throw new IllegalStateException("MiniCluster is not yet running or has already been shut down.");
            }
            return CompletableFuture.completedFuture(report == null ? Map.of() : Map.of(LatestReport.NAME, report));
        }

        @Override
        public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
            return result;
        }
    }
}

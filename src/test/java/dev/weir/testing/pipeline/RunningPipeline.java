package dev.weir.testing.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;

/** One job of a {@link PipelineLife}. */
public record RunningPipeline(PipelineRig rig, PipelineLife life, WeirConfig config, JobGraph job, JobID id) {
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** A checkpoint has completed that holds so many events of that generation, and the books say so. */
    public RunningPipeline awaitRead(int generation, long events) {
        await().atMost(WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .failFast(this::goesOn)
                .until(() -> life.books(generation).getOrDefault("events.read", 0L) >= events);
        return this;
    }

    private void goesOn() throws Exception {
        JobStatus status = rig.cluster().getJobStatus(id).get();
        if (status.isGloballyTerminalState()) {
            throw new AssertionError("the job is " + status + ": " + failure());
        }
    }

    /** A savepoint, and the job goes on. */
    public String savepoint() throws Exception {
        return rig.cluster()
                .triggerSavepoint(id, savepoints(), false, SavepointFormatType.CANONICAL)
                .get(WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    /** The job has stopped with the savepoint. */
    public String stop() throws Exception {
        return stop(false);
    }

    /** The job has come to the end of its input, as if there were no more for ever, and everything is committed. */
    public PipelineRun drain() throws Exception {
        stop(true);
        return rig.read(
                config,
                life.sent(),
                job,
                rig.cluster().getArchivedExecutionGraph(id).get());
    }

    /** The job is cancelled; its newest completed checkpoint is kept. */
    public String cancel() throws Exception {
        rig.cluster().cancelJob(id).get();
        result();
        Path checkpoints = rig.directory().resolve("checkpoints").resolve(id.toString());
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(entry -> Files.exists(entry.resolve("_metadata")))
                    .max(Comparator.comparingInt(entry ->
                            Integer.parseInt(entry.getFileName().toString().substring("chk-".length()))))
                    .orElseThrow(() -> new IOException("no checkpoint in " + checkpoints + ": "
                            + Arrays.toString(checkpoints.toFile().list())))
                    .toUri()
                    .toString();
        }
    }

    /** The job has failed, in its first attempt; what it and all its causes say. */
    public String refusal() throws Exception {
        String failure = failure();
        assertThat(restarts()).as("restarts of what failed with %s", failure).isZero();
        return failure;
    }

    /** The job has failed; what it and all its causes say. */
    public String failure() throws Exception {
        JobResult result = result();
        assertThat(result.isSuccess()).as("the job has ended well").isFalse();
        StringBuilder text = new StringBuilder();
        Throwable cause = result.getSerializedThrowable().orElseThrow();
        for (; cause != null; cause = cause.getCause()) {
            text.append(cause.getMessage()).append('\n');
        }
        return text.toString();
    }

    /** How often the job, which has ended, began anew. */
    public int restarts() throws Exception {
        return rig.cluster().getArchivedExecutionGraph(id).get().getAllVertices().values().stream()
                .flatMap(vertex -> Arrays.stream(vertex.getTaskVertices()))
                .mapToInt(task -> task.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElseThrow();
    }

    private JobResult result() throws Exception {
        return rig.cluster().requestJobResult(id).get(WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    private String stop(boolean drain) throws Exception {
        String path = rig.cluster()
                .stopWithSavepoint(id, savepoints(), drain, SavepointFormatType.CANONICAL)
                .get(WITHIN.toSeconds(), TimeUnit.SECONDS);
        result();
        return path;
    }

    private String savepoints() {
        return rig.directory().resolve("savepoints").toUri().toString();
    }
}

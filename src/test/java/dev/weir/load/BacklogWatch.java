package dev.weir.load;

import dev.weir.testing.pipeline.MemoryWatch;
import dev.weir.testing.pipeline.PipelineJob;
import java.io.IOException;

/** What is seen of a job whose database is slow: the greatest of each figure over all looks. */
final class BacklogWatch {
    private static final String SOURCE = "Events from Kafka";
    private static final String SINK = "Aggregates to PostgreSQL";

    private final long fullBytes;
    private final MemoryWatch memory = new MemoryWatch();
    private long pending;
    private long epoch;
    private long sourceBackpressured;
    private long sinkBackpressured;
    private long checkpointsAtFirstFull = -1;
    private long checkpointsAtLastFull = -1;
    private long failuresAtFirstFull;
    private long failuresAtLastFull;

    /** @param fullBytes of one subtask, above which its input waits */
    BacklogWatch(long fullBytes) {
        this.fullBytes = fullBytes;
    }

    void look(PipelineJob job) throws IOException {
        long now = job.greatest(".sink.postgres.pendingBytes").orElse(0);
        pending = Math.max(pending, now);
        epoch = Math.max(epoch, job.greatest(EpochMeter.GREATEST_EPOCH).orElse(0));
        if (now <= fullBytes) {
            return;
        }
        checkpointsAtLastFull = job.completedCheckpoints();
        failuresAtLastFull = job.failedCheckpoints();
        if (checkpointsAtFirstFull < 0) {
            memory.look(MemoryWatch.sizeOf(job.sent()));
            checkpointsAtFirstFull = checkpointsAtLastFull;
            failuresAtFirstFull = failuresAtLastFull;
        }
        sourceBackpressured = Math.max(sourceBackpressured, backpressured(job, SOURCE));
        sinkBackpressured = Math.max(sinkBackpressured, backpressured(job, SINK));
    }

    /** {@code pendingBytes} of the subtask that had most. */
    long pendingBytes() {
        return pending;
    }

    /** Rows in the greatest epoch of a subtask. */
    long greatestEpoch() {
        return epoch;
    }

    long checkpointsWhileFull() {
        return checkpointsAtLastFull - checkpointsAtFirstFull;
    }

    /** Without those that could not begin before the tasks ran. */
    long failuresWhileFull() {
        return failuresAtLastFull - failuresAtFirstFull;
    }

    long heapGrowthBytes() {
        return memory.heapGrowthBytes();
    }

    long nativeGrowthBytes() {
        return memory.nativeGrowthBytes();
    }

    long sourceBackpressuredMillis() {
        return sourceBackpressured;
    }

    long sinkBackpressuredMillis() {
        return sinkBackpressured;
    }

    @Override
    public String toString() {
        return "pending " + pending + " bytes, epoch " + epoch + " rows, " + checkpointsWhileFull()
                + " checkpoints while full, " + memory + ", source waits "
                + sourceBackpressured + " ms/s, sink " + sinkBackpressured + " ms/s";
    }

    private static long backpressured(PipelineJob job, String operator) throws IOException {
        return job.greatestAt(operator, "backPressuredTimeMsPerSecond").orElse(0);
    }
}

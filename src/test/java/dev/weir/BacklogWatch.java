package dev.weir;

import dev.weir.core.model.Event;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is seen of a job whose database is slow: the greatest of each figure over all looks. */
final class BacklogWatch {
    private static final String SOURCE = "Events from Kafka";
    private static final String SINK = "Aggregates to PostgreSQL";

    private final long fullBytes;
    private final long heapBefore = liveHeapBytes();
    private final long nativeBefore = nativeBytes();
    private long heapGrowth = -1;
    private long nativeGrowth;
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
            checkpointsAtFirstFull = checkpointsAtLastFull;
            failuresAtFirstFull = failuresAtLastFull;
        }
        sourceBackpressured = Math.max(sourceBackpressured, backpressured(job, SOURCE));
        sinkBackpressured = Math.max(sinkBackpressured, backpressured(job, SINK));
        if (heapGrowth < 0) {
            heapGrowth = liveHeapBytes() - heapBefore - sizeOf(job.sent());
            nativeGrowth = nativeBytes() - nativeBefore;
        }
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
        return heapGrowth;
    }

    long nativeGrowthBytes() {
        return nativeGrowth;
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
                + " checkpoints while full, heap +" + heapGrowth + ", native +" + nativeGrowth + " bytes, source waits "
                + sourceBackpressured + " ms/s, sink " + sinkBackpressured + " ms/s";
    }

    private static long backpressured(PipelineJob job, String operator) throws IOException {
        return job.greatestAt(operator, "backPressuredTimeMsPerSecond").orElse(0);
    }

    /** The test's own list of what it sent, which is no part of the job: its payloads. */
    private static long sizeOf(List<Event> events) {
        return events.stream().mapToLong(event -> event.value().length).sum();
    }

    private static long liveHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What the process has resident (Linux only; elsewhere 0) beyond its heap. */
    private static long nativeBytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try {
            String line = Files.readAllLines(status).stream()
                    .filter(text -> text.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow();
            long residentBytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
            return residentBytes
                    - ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

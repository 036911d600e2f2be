package dev.weir.sink.lake;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of one table's sink. Names are a public interface (DESIGN section 5); each value is one subtask's. */
final class LakeMetrics {
    /** Rows that became visible in this attempt. */
    static final String ROWS_COMMITTED = "rowsCommitted";

    /** How long the last commit took, milliseconds. */
    static final String COMMIT_DURATION_MS = "commitDurationMs";

    /** Files whose commit had to be repeated. */
    static final String COMMIT_RETRIES = "commitRetries";

    /** Since the last commit of this attempt, or its start; grows on a silent stream too. */
    static final String MILLIS_SINCE_LAST_COMMIT = "millisSinceLastCommit";

    /** Files of a checkpoint that are neither waiting nor committed: compacted or deleted by a user, or lost. */
    static final String FILES_MISSING = "filesMissing";

    /** Bytes of completed files that no checkpoint has taken yet. */
    static final String PENDING_BYTES = "pendingBytes";

    static final String OPEN_FILES = "openFiles";

    /** Files completed before their checkpoint because too many were open: if it grows, raise weir.lake.max-open-files. */
    static final String FILES_CLOSED_EARLY = "filesClosedEarly";

    private LakeMetrics() {}

    static MetricGroup group(MetricGroup operator, String table) {
        return operator.addGroup("weir").addGroup("sink", table + "-lake");
    }

    /** Written by the task thread, read by reporters. */
    static final class Writer {
        private final Counter filesClosedEarly;
        private volatile long pendingBytes;
        private volatile int openFiles;

        Writer(MetricGroup group) {
            filesClosedEarly = group.counter(FILES_CLOSED_EARLY);
            group.gauge(PENDING_BYTES, (Gauge<Long>) () -> pendingBytes);
            group.gauge(OPEN_FILES, (Gauge<Integer>) () -> openFiles);
        }

        void opened(int nowOpen) {
            openFiles = nowOpen;
        }

        void closedEarly() {
            filesClosedEarly.inc();
        }

        void completed(long bytes) {
            long sum = pendingBytes + bytes;
            pendingBytes = sum;
        }

        void handedOver() {
            pendingBytes = 0;
            openFiles = 0;
        }
    }

    /** Written by the task thread, read by reporters. */
    static final class Committer {
        private final Counter rowsCommitted;
        private final Counter commitRetries;
        private final Counter filesMissing;
        private final LongSupplier nanoTime;
        private volatile long lastDurationNanos;
        private volatile long lastCommitNanos;

        Committer(MetricGroup group, LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            lastCommitNanos = nanoTime.getAsLong();
            rowsCommitted = group.counter(ROWS_COMMITTED);
            commitRetries = group.counter(COMMIT_RETRIES);
            filesMissing = group.counter(FILES_MISSING);
            group.gauge(COMMIT_DURATION_MS, (Gauge<Long>) () -> TimeUnit.NANOSECONDS.toMillis(lastDurationNanos));
            group.gauge(MILLIS_SINCE_LAST_COMMIT, (Gauge<Long>)
                    () -> TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - lastCommitNanos));
        }

        void committed(LakeFile file) {
            rowsCommitted.inc(file.rows());
        }

        void missing() {
            filesMissing.inc();
        }

        void retried() {
            commitRetries.inc();
        }

        void finished(long startNanos) {
            long now = nanoTime.getAsLong();
            lastDurationNanos = now - startNanos;
            lastCommitNanos = now;
        }
    }
}

package dev.weir.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Reports the commits of one subtask of a sink. Every sink has these metrics under the same names and types, because
 * Prometheus allows one type for each name. Safe to call from any thread.
 */
public final class SinkMetrics {
    /** Rows that became visible during this execution attempt, including rows that a guard turned away. */
    public static final String ROWS_COMMITTED = "rowsCommitted";
    /** Duration of the last hundred successful commits, in milliseconds. */
    public static final String COMMIT_DURATION_MS = "commitDurationMs";
    /** Commits that failed and were repeated. */
    public static final String COMMIT_RETRIES = "commitRetries";
    /** Bytes of rows that are not visible outside yet. */
    public static final String PENDING_BYTES = "pendingBytes";
    /** Milliseconds since {@link #caughtUp}, or since this execution attempt began. */
    public static final String MILLIS_SINCE_LAST_COMMIT = "millisSinceLastCommit";

    private static final int HISTORY = 100;

    private final Counter rowsCommitted;
    private final Counter commitRetries;
    private final Histogram commitDurationMs;
    private final LongSupplier nanoTime;
    private volatile long caughtUpNanos;

    /**
     * Registers the metrics.
     *
     * @param sink a group of {@link WeirMetrics#sink}
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public SinkMetrics(MetricGroup sink, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        caughtUpNanos = nanoTime.getAsLong();
        rowsCommitted = sink.counter(ROWS_COMMITTED, new ThreadSafeSimpleCounter());
        commitRetries = sink.counter(COMMIT_RETRIES, new ThreadSafeSimpleCounter());
        commitDurationMs = sink.histogram(COMMIT_DURATION_MS, new DescriptiveStatisticsHistogram(HISTORY));
        sink.gauge(MILLIS_SINCE_LAST_COMMIT, (Gauge<Long>)
                () -> TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - caughtUpNanos));
    }

    /**
     * Registers the gauge of pending bytes. It is separate because the writer owns it in a sink whose writer and
     * committer are two operators.
     */
    public static void pendingBytes(MetricGroup sink, LongSupplier bytes) {
        sink.gauge(PENDING_BYTES, (Gauge<Long>) bytes::getAsLong);
    }

    /** Counts a successful commit. */
    public void committed(long rows, long durationMillis) {
        rowsCommitted.inc(rows);
        commitDurationMs.update(durationMillis);
    }

    /** Counts a failed commit that is going to be repeated. */
    public void retried() {
        commitRetries.inc();
    }

    /** Notes that every row that may be visible outside is visible there. */
    public void caughtUp() {
        caughtUpNanos = nanoTime.getAsLong();
    }
}

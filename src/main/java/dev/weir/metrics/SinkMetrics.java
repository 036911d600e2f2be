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
 * What operators and alerts see of one subtask's commits. Every sink has these, under the same names and of the same types: Prometheus
 * takes no second type for a name. Any thread may call.
 */
public final class SinkMetrics {
    /** Rows that became visible in this attempt, rows that a guard turned away among them. */
    public static final String ROWS_COMMITTED = "rowsCommitted";
    /** Milliseconds of successful commits, the last hundred. */
    public static final String COMMIT_DURATION_MS = "commitDurationMs";
    /** Attempts that failed and were repeated. */
    public static final String COMMIT_RETRIES = "commitRetries";
    /** Bytes of rows that are not outside yet. */
    public static final String PENDING_BYTES = "pendingBytes";
    /** Milliseconds since {@link #caughtUp}, or since the start of this attempt. */
    public static final String MILLIS_SINCE_LAST_COMMIT = "millisSinceLastCommit";

    private static final int HISTORY = 100;

    private final Counter rowsCommitted;
    private final Counter commitRetries;
    private final Histogram commitDurationMs;
    private final LongSupplier nanoTime;
    private volatile long caughtUpNanos;

    /** @param sink a group of {@link WeirMetrics#sink} */
    public SinkMetrics(MetricGroup sink, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        caughtUpNanos = nanoTime.getAsLong();
        rowsCommitted = sink.counter(ROWS_COMMITTED, new ThreadSafeSimpleCounter());
        commitRetries = sink.counter(COMMIT_RETRIES, new ThreadSafeSimpleCounter());
        commitDurationMs = sink.histogram(COMMIT_DURATION_MS, new DescriptiveStatisticsHistogram(HISTORY));
        sink.gauge(MILLIS_SINCE_LAST_COMMIT, (Gauge<Long>)
                () -> TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - caughtUpNanos));
    }

    /** The gauge of what waits; apart, for where a writer and a committer are two operators it is the writer's. */
    public static void pendingBytes(MetricGroup sink, LongSupplier bytes) {
        sink.gauge(PENDING_BYTES, (Gauge<Long>) bytes::getAsLong);
    }

    /** A commit has succeeded. */
    public void committed(long rows, long durationMillis) {
        rowsCommitted.inc(rows);
        commitDurationMs.update(durationMillis);
    }

    /** A commit has failed and is going to be repeated. */
    public void retried() {
        commitRetries.inc();
    }

    /** Nothing that could be outside is missing there. */
    public void caughtUp() {
        caughtUpNanos = nanoTime.getAsLong();
    }
}

package dev.weir.sink.postgres;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.clock.Clock;

/** What operators and alerts see of one subtask's commits. */
final class CommitMetrics {
    static final String GROUP = "weir";
    /** Rows written by commits that succeeded, rows that the guard turned away among them. */
    static final String ROWS_COMMITTED = "rowsCommitted";
    /** Milliseconds of successful commits, the last hundred. */
    static final String COMMIT_DURATION_MS = "commitDurationMs";
    /** Attempts that failed and were repeated. */
    static final String COMMIT_RETRIES = "commitRetries";
    /** Bytes of rows that are not in the database yet, the open epoch's among them. */
    static final String PENDING_BYTES = "pendingBytes";
    /**
     * Milliseconds since the database last held everything of the newest complete checkpoint: grows when checkpoints do not complete and
     * when commits do not succeed, not when there is nothing to write.
     */
    static final String MILLIS_SINCE_LAST_COMMIT = "millisSinceLastCommit";

    private static final int HISTORY = 100;

    private final Counter rowsCommitted;
    private final Histogram commitDurationMs;
    private final Counter commitRetries;
    private final Clock clock;
    private volatile long caughtUpAtMillis;

    CommitMetrics(MetricGroup group, Clock clock, LongSupplier pendingBytes) {
        MetricGroup weir = group.addGroup(GROUP).addGroup("sink", "postgres");
        this.clock = clock;
        this.caughtUpAtMillis = clock.relativeTimeMillis();
        rowsCommitted = weir.counter(ROWS_COMMITTED, new ThreadSafeSimpleCounter());
        commitRetries = weir.counter(COMMIT_RETRIES, new ThreadSafeSimpleCounter());
        commitDurationMs = weir.histogram(COMMIT_DURATION_MS, new DescriptiveStatisticsHistogram(HISTORY));
        weir.gauge(PENDING_BYTES, (Gauge<Long>) pendingBytes::getAsLong);
        weir.gauge(MILLIS_SINCE_LAST_COMMIT, (Gauge<Long>) () -> this.clock.relativeTimeMillis() - caughtUpAtMillis);
    }

    void committed(long rows, long millis) {
        rowsCommitted.inc(rows);
        commitDurationMs.update(millis);
    }

    void retried() {
        commitRetries.inc();
    }

    void caughtUp() {
        caughtUpAtMillis = clock.relativeTimeMillis();
    }
}

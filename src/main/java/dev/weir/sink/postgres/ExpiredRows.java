package dev.weir.sink.postgres;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts rows that are discarded because the table of their year was detached from {@code sensor_aggregates}. Warns once for each year and
 * subtask. Such a row has no place, and no retry finds one, so it must block neither the job nor other rows. Thread-safe.
 */
final class ExpiredRows {
    /** Rows discarded in this attempt. The rows of a repeated batch count again. */
    static final String ROWS_EXPIRED = "rowsExpired";

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRows.class);

    private final Counter rows = new ThreadSafeSimpleCounter();
    private final Set<Integer> warned = ConcurrentHashMap.newKeySet();

    /** Registers the counter in the group of a sink. */
    void registerIn(MetricGroup sink) {
        sink.counter(ROWS_EXPIRED, rows);
    }

    void discarded(int year, long count) {
        rows.inc(count);
        if (warned.add(year)) {
            LOG.warn(
                    "weir.postgres: the table of the year {} exists but is not attached to {}, so rows of that year are discarded and"
                            + " counted ({}). Attach it again, or rename it to let Weir create the year; docs/postgres.md (\"Old years\")",
                    year,
                    AggregateUpsert.TABLE,
                    ROWS_EXPIRED);
        }
    }

    long count() {
        return rows.getCount();
    }
}

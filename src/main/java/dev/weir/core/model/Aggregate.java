package dev.weir.core.model;

/**
 * One row: what one window of one series holds.
 *
 * @param windowSeconds length of the window
 * @param windowStartMicros epoch microseconds UTC, inclusive, a multiple of the length
 * @param site that of the reading with the greatest event time, may be null
 * @param unit the metric's, may be null for an unknown metric
 * @param count number of readings, flagged ones included; at least 1
 * @param stddev sample standard deviation; null when count is 1
 * @param firstValue value of the reading with the smallest event time
 * @param lastValue value of the reading with the greatest event time
 * @param generation the life of the pipeline's state that made the row
 * @param partial whether the window may have missed readings that came before the state began
 * @param first whether the state shows the window for the first time. No column of any table, and a hint: another life of the state,
 *     or a run that is repeated, may have shown it before
 */
public record Aggregate(
        SeriesKey series,
        int windowSeconds,
        long windowStartMicros,
        String site,
        String unit,
        long count,
        double sum,
        double min,
        double max,
        double mean,
        Double stddev,
        double firstValue,
        double lastValue,
        long flaggedCount,
        int generation,
        boolean partial,
        boolean first) {

    /** The number of readings that the window held: within a generation it only grows, and equal revisions have equal content. */
    public long revision() {
        return count;
    }
}

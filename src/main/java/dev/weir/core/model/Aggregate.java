package dev.weir.core.model;

/**
 * The result of one window of one series: one row of the aggregate table. Immutable. {@link AggregateColumns} lists its columns. Two rows
 * are equal if all columns are; doubles are compared by their bits.
 */
public final class Aggregate {
    private final SeriesKey series;
    private final int windowSeconds;
    private final long windowStartMicros;
    private final String site;
    private final String unit;
    private final long count;
    private final double sum;
    private final double min;
    private final double max;
    private final double mean;
    private final Double stddev;
    private final double firstValue;
    private final double lastValue;
    private final long flaggedCount;
    private final int generation;
    private final boolean partial;
    private final boolean first;

    Aggregate(AggregateBuilder values) {
        series = values.series;
        windowSeconds = values.windowSeconds;
        windowStartMicros = values.windowStartMicros;
        site = values.site;
        unit = values.unit;
        count = values.count;
        sum = values.sum;
        min = values.min;
        max = values.max;
        mean = values.mean;
        stddev = values.stddev;
        firstValue = values.firstValue;
        lastValue = values.lastValue;
        flaggedCount = values.flaggedCount;
        generation = values.generation;
        partial = values.partial;
        first = values.first;
    }

    /** Returns a builder for a row whose count is 0 and whose texts and deviation are null. */
    public static AggregateBuilder builder() {
        return new AggregateBuilder();
    }

    public SeriesKey series() {
        return series;
    }

    /** Returns the length of the window. */
    public int windowSeconds() {
        return windowSeconds;
    }

    /** Returns the start in epoch microseconds UTC, inclusive, a multiple of the length. */
    public long windowStartMicros() {
        return windowStartMicros;
    }

    /** Returns the site of the reading with the greatest event time; may be null. */
    public String site() {
        return site;
    }

    /** Returns the unit of the metric; may be null for an unknown metric. */
    public String unit() {
        return unit;
    }

    /** Returns the number of readings, flagged ones included; at least 1. */
    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public double mean() {
        return mean;
    }

    /** Returns the sample standard deviation; null if the count is 1. */
    public Double stddev() {
        return stddev;
    }

    /** Returns the value of the reading with the smallest event time. */
    public double firstValue() {
        return firstValue;
    }

    /** Returns the value of the reading with the greatest event time. */
    public double lastValue() {
        return lastValue;
    }

    public long flaggedCount() {
        return flaggedCount;
    }

    /** Returns the generation of the pipeline's state that made the row. */
    public int generation() {
        return generation;
    }

    /** Returns whether the window may have missed readings that came before the state began. */
    public boolean partial() {
        return partial;
    }

    /**
     * Returns whether the state emits the window for the first time. This is only a hint and no column of any table: another generation, or
     * a run that was repeated, may have emitted the window before.
     */
    public boolean first() {
        return first;
    }

    /** Returns the number of readings in the window. Within a generation it only grows, and equal revisions have equal content. */
    public long revision() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Aggregate that && AggregateColumns.values(this).equals(AggregateColumns.values(that));
    }

    @Override
    public int hashCode() {
        return AggregateColumns.values(this).hashCode();
    }

    @Override
    public String toString() {
        return "Aggregate" + AggregateColumns.values(this);
    }
}

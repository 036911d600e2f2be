package dev.weir.core.model;

/** Builds an {@link Aggregate}; its getters document the values. Each value is set by name, so that no two doubles can be swapped. */
public final class AggregateBuilder {
    SeriesKey series;
    int windowSeconds;
    long windowStartMicros;
    String site;
    String unit;
    long count;
    double sum;
    double min;
    double max;
    double mean;
    Double stddev;
    double firstValue;
    double lastValue;
    long flaggedCount;
    int generation;
    boolean partial;
    boolean first;

    AggregateBuilder() {}

    public Aggregate build() {
        return new Aggregate(this);
    }

    public AggregateBuilder series(SeriesKey value) {
        series = value;
        return this;
    }

    public AggregateBuilder windowSeconds(int value) {
        windowSeconds = value;
        return this;
    }

    public AggregateBuilder windowStartMicros(long value) {
        windowStartMicros = value;
        return this;
    }

    public AggregateBuilder site(String value) {
        site = value;
        return this;
    }

    public AggregateBuilder unit(String value) {
        unit = value;
        return this;
    }

    public AggregateBuilder count(long value) {
        count = value;
        return this;
    }

    public AggregateBuilder sum(double value) {
        sum = value;
        return this;
    }

    public AggregateBuilder min(double value) {
        min = value;
        return this;
    }

    public AggregateBuilder max(double value) {
        max = value;
        return this;
    }

    public AggregateBuilder mean(double value) {
        mean = value;
        return this;
    }

    public AggregateBuilder stddev(Double value) {
        stddev = value;
        return this;
    }

    public AggregateBuilder firstValue(double value) {
        firstValue = value;
        return this;
    }

    public AggregateBuilder lastValue(double value) {
        lastValue = value;
        return this;
    }

    public AggregateBuilder flaggedCount(long value) {
        flaggedCount = value;
        return this;
    }

    public AggregateBuilder generation(int value) {
        generation = value;
        return this;
    }

    public AggregateBuilder partial(boolean value) {
        partial = value;
        return this;
    }

    public AggregateBuilder first(boolean value) {
        first = value;
        return this;
    }
}

package dev.weir.testing.oracle;

import dev.weir.core.model.SeriesKey;

/**
 * The final row of one window, without generation.
 *
 * @param windowStartMicros epoch microseconds UTC, inclusive
 * @param count also the revision
 * @param stddev sample standard deviation; null for one reading
 */
public record AggregateRow(
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
        boolean partial) {}

package dev.weir.testing;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.SeriesKey;

/** The row whose bytes the tests of the exchange and of COPY pin: It has a null, a unit of two bytes in UTF-8, and a negative zero. */
public final class PinnedRow {
    public static final Aggregate ROW = Aggregate.builder()
            .series(new SeriesKey("s1", "t"))
            .windowSeconds(3600)
            .windowStartMicros(1_700_000_000_000_000L)
            .unit("°")
            .count(300)
            .sum(1)
            .min(-1)
            .max(2)
            .mean(0.5)
            .stddev(0.25)
            .firstValue(1.5)
            .lastValue(-0.0)
            .generation(7)
            .partial(true)
            .first(true)
            .build();

    private PinnedRow() {}
}

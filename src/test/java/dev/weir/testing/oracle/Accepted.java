package dev.weir.testing.oracle;

import dev.weir.core.model.Origin;
import dev.weir.core.model.SeriesKey;

/**
 * A reading as the lake must hold it, without generation.
 *
 * @param eventTimeMicros epoch microseconds UTC
 * @param value in {@code unit}
 * @param quality bits of {@link dev.weir.core.model.Quality}
 */
public record Accepted(
        SeriesKey series, long eventTimeMicros, double value, String unit, String site, int quality, Origin origin)
        implements Verdict {

    Accepted withQuality(int bits) {
        return new Accepted(series, eventTimeMicros, value, unit, site, bits, origin);
    }
}

package dev.weir.core.series;

import dev.weir.core.catalog.Quota;
import java.math.BigInteger;

/**
 * The quota of a series: a token bucket that refills by event time.
 *
 * <p><b>Idea.</b> The bucket counts in whole numbers, so it is exact. A token is divided into so many parts that each microsecond refills a
 * whole number of them ({@link Quota.Parts}).
 *
 * <p><b>Invariant.</b> The bucket holds 0 to {@code burst} tokens. Its clock is the greatest event time that it has judged. An earlier
 * event time refills nothing, so readings that come out of order cannot earn tokens twice.
 *
 * <p><b>Cost.</b> Three numbers for each series and a few integer operations for each reading. Only a changed quota needs {@link
 * BigInteger}, once for each series.
 */
final class TokenBucket {
    /** The value of {@link SeriesState#quotaParts} for a bucket that has judged nothing yet, and is therefore full. */
    static final long FULL = -1;

    private final long partsPerMicro;
    private final long partsPerToken;
    private final long capacityParts;

    TokenBucket(Quota quota) {
        Quota.Parts parts = quota.parts();
        partsPerMicro = parts.perMicro();
        partsPerToken = parts.perToken();
        capacityParts = parts.capacity();
    }

    /**
     * Refills the bucket up to the event time and takes a token if there is one.
     *
     * @return whether there was a token
     */
    boolean take(SeriesState series, long eventTimeMicros) {
        long parts = refilled(series, eventTimeMicros);
        boolean token = parts >= partsPerToken;
        series.quotaParts = token ? parts - partsPerToken : parts;
        series.quotaPartsPerToken = partsPerToken;
        series.quotaClockMicros = Math.max(series.quotaClockMicros, eventTimeMicros);
        return token;
    }

    private long refilled(SeriesState series, long eventTimeMicros) {
        if (series.quotaParts == FULL) {
            return capacityParts;
        }
        long parts = rescaled(series.quotaParts, series.quotaPartsPerToken);
        if (eventTimeMicros <= series.quotaClockMicros) {
            return parts;
        }
        long elapsedMicros = eventTimeMicros - series.quotaClockMicros;
        long microsToFull = (capacityParts - parts) / partsPerMicro;
        return elapsedMicros > microsToFull ? capacityParts : parts + elapsedMicros * partsPerMicro;
    }

    /** Converts a fill to the parts of this quota. A catalog with another quota may have written it. */
    private long rescaled(long parts, long writtenPerToken) {
        if (writtenPerToken == partsPerToken) {
            return Math.min(parts, capacityParts);
        }
        BigInteger scaled = BigInteger.valueOf(parts)
                .multiply(BigInteger.valueOf(partsPerToken))
                .divide(BigInteger.valueOf(writtenPerToken));
        return scaled.min(BigInteger.valueOf(capacityParts)).longValueExact();
    }
}

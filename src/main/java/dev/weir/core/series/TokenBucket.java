package dev.weir.core.series;

import dev.weir.core.catalog.Quota;
import java.math.BigInteger;

/**
 * The quota's rule: a token bucket in event time, in whole numbers, so that it is exact. A token is divided into as many parts as the
 * rate has microseconds per whole number of tokens: then a microsecond refills a whole number of parts.
 */
final class TokenBucket {
    /** Marks a series whose bucket has judged nothing yet: it is full. */
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
     * The bucket has judged that event time and, where there was a token, given one.
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

    /** The same fill in this quota's parts: a catalog with another quota may have written it. */
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

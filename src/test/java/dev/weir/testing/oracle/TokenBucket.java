package dev.weir.testing.oracle;

import dev.weir.core.catalog.Quota;
import java.math.BigDecimal;

/**
 * A token bucket in event time, exact: it counts in tokens * the rate's {@code per} in microseconds, so that a refill of
 * amount / per * dt needs no division.
 */
final class TokenBucket {
    private final BigDecimal amount;
    private final BigDecimal cost;
    private final BigDecimal full;

    private BigDecimal level;
    private boolean begun;
    private long greatestMicros;

    TokenBucket(Quota quota) {
        amount = quota.rate().amount();
        cost = BigDecimal.valueOf(SeriesFold.micros(quota.rate().per()));
        full = cost.multiply(BigDecimal.valueOf(quota.burst()));
        level = full;
    }

    /** Whether a token was there; it is gone then. Only a time later than all before refills. */
    boolean take(long timeMicros) {
        if (!begun || timeMicros > greatestMicros) {
            BigDecimal dt = begun
                    ? BigDecimal.valueOf(timeMicros).subtract(BigDecimal.valueOf(greatestMicros))
                    : BigDecimal.ZERO;
            level = level.add(amount.multiply(dt)).min(full);
            begun = true;
            greatestMicros = timeMicros;
        }
        if (level.compareTo(cost) < 0) {
            return false;
        }
        level = level.subtract(cost);
        return true;
    }
}

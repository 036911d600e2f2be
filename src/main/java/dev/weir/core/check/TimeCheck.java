package dev.weir.core.check;

import dev.weir.core.decode.Micros;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;

/**
 * Checks that an event time is plausible: not before a fixed date, and not further ahead of the record's timestamp than a skew. Uses the
 * record's timestamp and not the wall clock, so that a replay gets the same verdict.
 */
final class TimeCheck {
    private final long earliestMicros;
    private final long skewMicros;

    TimeCheck(long earliestMicros, long skewMicros) {
        this.earliestMicros = earliestMicros;
        this.skewMicros = skewMicros;
    }

    /**
     * Returns why a reading of the metric at {@code eventMicros} is rejected, or null. A time at or beyond the ends of {@code long} always
     * is.
     */
    Reject judge(long eventMicros, long recordMillis, String metric) {
        if (eventMicros < earliestMicros || eventMicros == Micros.EARLIEST) {
            return new Reject(
                    Reason.ANCIENT_TIMESTAMP,
                    Micros.iso(eventMicros) + " is before weir.time.earliest, " + Micros.iso(earliestMicros),
                    metric);
        }
        long latest = Micros.plus(Micros.of(recordMillis, 1000), skewMicros);
        if (eventMicros > latest || eventMicros == Micros.LATEST) {
            String detail = Micros.iso(eventMicros) + " is after " + Micros.iso(latest)
                    + ", the record's own timestamp plus weir.time.future-skew";
            return new Reject(Reason.FUTURE_TIMESTAMP, detail, metric);
        }
        return null;
    }
}

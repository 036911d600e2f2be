package dev.weir.core.check;

import dev.weir.core.decode.Micros;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.time.Instant;

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
                    shown(eventMicros) + " is before weir.time.earliest, " + shown(earliestMicros),
                    metric);
        }
        long latest = Micros.plus(Micros.of(recordMillis, 1000), skewMicros);
        if (eventMicros > latest || eventMicros == Micros.LATEST) {
            String detail = shown(eventMicros) + " is after " + shown(latest)
                    + ", the record's own timestamp plus weir.time.future-skew";
            return new Reject(Reason.FUTURE_TIMESTAMP, detail, metric);
        }
        return null;
    }

    private static String shown(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
                .toString();
    }
}

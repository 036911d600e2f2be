package dev.weir.core.series;

import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.math.BigDecimal;

/** Makes the rejects of the keyed rules. The details "same value" and "other value" are public, the others may change. */
final class KeyedRejects {

    static Reject late(SeriesState series, Reading reading) {
        return reject(
                reading,
                Reason.LATE,
                span(series.clockMicros - reading.eventTimeMicros()) + " behind the series clock");
    }

    static Reject duplicate(Reading reading, boolean sameValue) {
        return reject(reading, Reason.DUPLICATE, sameValue ? "same value" : "other value");
    }

    static Reject rateLimited(Reading reading) {
        return reject(reading, Reason.RATE_LIMITED, "quota used up");
    }

    static Reject spike(SeriesState series, Reading reading) {
        return reject(
                reading,
                Reason.SPIKE,
                "from " + series.lastValue + " to " + reading.value() + " in "
                        + span(reading.eventTimeMicros() - series.clockMicros));
    }

    static Reject stuck(SeriesState series, Reading reading) {
        return reject(
                reading,
                Reason.STUCK,
                reading.value() + " for " + span(reading.eventTimeMicros() - series.unchangedSinceMicros));
    }

    private static Reject reject(Reading reading, Reason reason, String detail) {
        return new Reject(reason, detail, reading.series().metric());
    }

    /** Returns a span of microseconds, exactly and for people: {@code 59 min}, {@code 1 d 2 h}, {@code 4 min 0.5 s}. */
    static String span(long micros) {
        long seconds = micros / 1_000_000;
        StringBuilder text = new StringBuilder();
        append(text, seconds / 86_400, "d");
        append(text, seconds / 3_600 % 24, "h");
        append(text, seconds / 60 % 60, "min");
        BigDecimal rest = BigDecimal.valueOf(micros % 60_000_000, 6).stripTrailingZeros();
        if (rest.signum() != 0 || text.length() == 0) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(rest.toPlainString())
                    .append(" s");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(text.length() == 0 ? "" : " ").append(count).append(' ').append(unit);
        }
    }

    private KeyedRejects() {}
}

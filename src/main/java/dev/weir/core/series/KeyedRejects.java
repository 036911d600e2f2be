package dev.weir.core.series;

import dev.weir.core.model.Reading;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Words the keyed rejects: what was wrong, for a person. "same value" and "other value" are public, the rest may change. */
final class KeyedRejects {

    static Reject late(SeriesState series, Reading reading) {
        return reject(
                reading,
                Reason.LATE,
                micros(series.clockMicros - reading.eventTimeMicros()) + " behind the series clock");
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
                        + micros(reading.eventTimeMicros() - series.clockMicros));
    }

    static Reject stuck(SeriesState series, Reading reading) {
        return reject(
                reading,
                Reason.STUCK,
                reading.value() + " for " + micros(reading.eventTimeMicros() - series.runStartMicros));
    }

    private static Reject reject(Reading reading, Reason reason, String detail) {
        return new Reject(reason, detail, reading.series().metric());
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private KeyedRejects() {}
}

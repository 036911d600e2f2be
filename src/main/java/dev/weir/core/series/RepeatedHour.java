package dev.weir.core.series;

import dev.weir.core.catalog.Input;
import dev.weir.core.catalog.Input.Overlap;
import dev.weir.core.model.Quality;
import dev.weir.core.model.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Decides which instant a local time means that comes twice, when clocks go back, for {@code overlap: advance}. A sensor sends its readings in
 * order, so the second pass through the hour is the one whose readings would not be after the series' clock.
 *
 * <p>The decision depends on the series' own clock and on the record's timestamp alone, so a replay comes to the same one. The later instant is
 * never taken where it would lie in the future: a reading that is sent twice within the first pass stays a duplicate. One that is sent
 * again when the second pass has come counts as a reading of that pass; nothing in it says otherwise.
 */
final class RepeatedHour {
    /** For an input that leaves nothing open. */
    static final RepeatedHour NONE = new RepeatedHour(null, 0);

    private final ZoneRules zone;
    private final long skewMicros;

    private RepeatedHour(ZoneRules zone, long skewMicros) {
        this.zone = zone;
        this.skewMicros = skewMicros;
    }

    /** @param futureSkew how far an event time may be ahead of the record's timestamp */
    static RepeatedHour of(Input.EventTime time, Duration futureSkew) {
        return time.overlap() == Overlap.ADVANCE
                ? new RepeatedHour(
                        ZoneId.of(time.zone()).getRules(), futureSkew.dividedBy(ChronoUnit.MICROS.getDuration()))
                : NONE;
    }

    /** The reading without its mark, at the instant that it means. */
    Reading decided(Reading marked, long clockMicros) {
        long earlier = marked.eventTimeMicros();
        long later = zone == null || earlier > clockMicros ? earlier : later(earlier);
        long greatest = marked.origin().timestampMillis() * 1_000 + skewMicros;
        return marked.at(later > greatest ? earlier : later, marked.quality() & ~Quality.TIME_COMES_TWICE);
    }

    /** The same local time in the offset that the next change of the clocks brings. */
    private long later(long earlierMicros) {
        ZoneOffsetTransition change = zone.nextTransition(Instant.EPOCH.plus(earlierMicros, ChronoUnit.MICROS));
        return change == null || !change.isOverlap()
                ? earlierMicros
                : earlierMicros - change.getDuration().dividedBy(ChronoUnit.MICROS.getDuration());
    }
}

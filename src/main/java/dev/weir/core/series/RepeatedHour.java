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
 * Decides which instant a local time means that occurs twice when clocks go back, for {@code overlap: advance}.
 *
 * <p><b>Idea.</b> A sensor sends its readings in order. A reading whose earlier instant is not after the series clock therefore belongs to
 * the second pass through the hour.
 *
 * <p><b>Invariant.</b> The decision depends only on the series clock and the record's timestamp, so a replay makes the same one. The later
 * instant is never chosen if it would lie in the future, so a reading that is sent twice within the first pass is still a duplicate.
 *
 * <p><b>Limit.</b> A reading of the first pass that is sent again during the second one counts as a reading of the second pass. Nothing in
 * it tells the two apart.
 */
final class RepeatedHour {
    /** For an input whose catalog decides by {@code earlier} or {@code later}. */
    static final RepeatedHour NONE = new RepeatedHour(null, 0);

    private final ZoneRules zone;
    private final long skewMicros;

    private RepeatedHour(ZoneRules zone, long skewMicros) {
        this.zone = zone;
        this.skewMicros = skewMicros;
    }

    /**
     * Returns the rule for the input's event times.
     *
     * @param futureSkew how far an event time may be ahead of the record's timestamp
     */
    static RepeatedHour of(Input.EventTime time, Duration futureSkew) {
        return time.overlap() == Overlap.ADVANCE
                ? new RepeatedHour(
                        ZoneId.of(time.zone()).getRules(), futureSkew.dividedBy(ChronoUnit.MICROS.getDuration()))
                : NONE;
    }

    /** Returns the reading at the instant that it means, with the bit {@link Quality#TIME_COMES_TWICE} cleared. */
    Reading decided(Reading marked, long clockMicros) {
        long earlier = marked.eventTimeMicros();
        long later = zone == null || earlier > clockMicros ? earlier : later(earlier);
        long greatest = marked.origin().timestampMillis() * 1_000 + skewMicros;
        return marked.at(later > greatest ? earlier : later, marked.quality() & ~Quality.TIME_COMES_TWICE);
    }

    /**
     * Returns the same local time in the offset that the next change of clocks brings; the same instant if the next change is no overlap.
     */
    private long later(long earlierMicros) {
        ZoneOffsetTransition change = zone.nextTransition(Instant.EPOCH.plus(earlierMicros, ChronoUnit.MICROS));
        return change == null || !change.isOverlap()
                ? earlierMicros
                : earlierMicros - change.getDuration().dividedBy(ChronoUnit.MICROS.getDuration());
    }
}

package dev.weir.core.decode;

import dev.weir.core.catalog.Input.Overlap;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Converts the local time of a zone to the epoch. A time that occurs twice becomes the earlier or the later instant, as configured. A time
 * in a gap is moved later by the length of the gap (as {@link LocalDateTime#atZone} does). Holds whether the last time occurred twice; not
 * thread-safe.
 */
final class LocalTimes {
    /** About 317,000 years. Further out a time is beyond {@link Micros} whatever its offset, and may be beyond the range of java.time. */
    private static final long FARTHEST_SECOND = 10_000_000_000_000L;

    private final ZoneRules rules;
    private final int fixedOffsetSeconds;
    private final Overlap overlap;
    private boolean twice;

    LocalTimes(ZoneId zone, Overlap overlap) {
        this.overlap = overlap;
        rules = zone.getRules();
        fixedOffsetSeconds =
                rules.isFixedOffset() ? rules.getOffset(LocalDateTime.MIN).getTotalSeconds() : 0;
    }

    /** Returns whether the last local time occurs twice and its series must choose. The returned instant is then the earlier one. */
    boolean isOpen() {
        return twice && overlap == Overlap.ADVANCE;
    }

    /**
     * Returns seconds since the epoch.
     *
     * @param localSecond seconds since 1970-01-01T00:00 on the local clock
     */
    long toEpochSecond(long localSecond) {
        twice = false;
        if (rules.isFixedOffset()) {
            return localSecond - fixedOffsetSeconds;
        }
        if (Math.abs(localSecond) > FARTHEST_SECOND) {
            return localSecond;
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        return localSecond - offset(local).getTotalSeconds();
    }

    private ZoneOffset offset(LocalDateTime local) {
        List<ZoneOffset> valid = rules.getValidOffsets(local);
        twice = valid.size() > 1;
        if (valid.isEmpty()) {
            return rules.getTransition(local).getOffsetBefore();
        }
        // In an overlap, the first offset is the one before the transition.
        return twice && overlap == Overlap.LATER ? valid.get(1) : valid.get(0);
    }
}

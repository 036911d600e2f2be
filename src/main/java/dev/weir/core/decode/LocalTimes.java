package dev.weir.core.decode;

import dev.weir.core.catalog.Input.Overlap;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * From a zone's local time to the epoch. A time that comes twice is the earlier instant or the later one, as asked; one that is left out
 * is later by the length of the gap, which is in the later offset (as {@link LocalDateTime#atZone}). Holds whether the last one came twice;
 * not thread-safe.
 */
final class LocalTimes {
    /** Some 317,000 years: further out a time is beyond {@link Micros} whatever its offset, and java.time's own range may end. */
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

    /** Whether the local time asked for last comes twice and its series is to decide; what was returned is then the earlier instant. */
    boolean isOpen() {
        return twice && overlap == Overlap.ADVANCE;
    }

    /** @param localSecond seconds since 1970-01-01T00:00 on the local clock */
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
        // In an overlap the first is the one before the transition.
        return twice && overlap == Overlap.LATER ? valid.get(1) : valid.get(0);
    }
}

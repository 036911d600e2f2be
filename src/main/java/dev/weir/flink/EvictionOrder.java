package dev.weir.flink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which series leaves {@link StateCache} when room is needed. Newcomers queue up, a tenth of all; one that was asked for again by the time
 * it is at the head becomes a resident, and one that was not leaves, unless there is room anyway: as in S3-FIFO (Yang et al., SOSP 2023).
 * So series that come once do not drive out those in use, and most of them do not grow old: an object that dies young costs the garbage
 * collector nothing. There is room as long as the cache is not full, and where a resident was left alone for long.
 *
 * <p>Of a few residents taken at random the one used longest ago leaves. Strict order of use would be worse: a fleet reports in rounds,
 * and of a round that is a little longer than the cache not one series would be found again.
 */
final class EvictionOrder {
    /** One in so many may be a newcomer. */
    private static final int NEWCOMERS = 10;

    /** Redis takes five and comes close to strict order of use. */
    private static final int CANDIDATES = 5;

    /**
     * Rounds of the cache that a resident is left alone before it is called cold. One would be too few: series that report in turn, in an
     * order that changes, are away for two.
     */
    private static final int COLD_ROUNDS = 4;

    private final ArrayDeque<CachedSeries> newcomers = new ArrayDeque<>();
    private final List<CachedSeries> residents = new ArrayList<>();
    private long random = 1;
    private int hand;

    int size() {
        return newcomers.size() + residents.size();
    }

    void forEach(Consumer<CachedSeries> visitor) {
        newcomers.forEach(visitor);
        residents.forEach(visitor);
    }

    void add(CachedSeries series) {
        newcomers.add(series);
        if (newcomers.size() > newcomersAllowed()) {
            settle(newcomers.remove());
        }
    }

    /** Takes out the one that leaves for a newcomer; there must be one. */
    CachedSeries removeNext() {
        while (newcomers.size() >= newcomersAllowed() || residents.isEmpty()) {
            CachedSeries first = newcomers.remove();
            if (!first.returned || residents.isEmpty()) {
                return first;
            }
            settle(first);
        }
        CachedSeries oldest = oldestOfSome();
        remove(oldest);
        return oldest;
    }

    /** Newcomers that leave soon unless they are asked for, at most so many. */
    List<CachedSeries> leavingSoon(int most) {
        return newcomers.stream()
                .limit(most)
                .filter(series -> !series.returned)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** A resident that has been left alone for long, if the hand, which goes round by one place a call, has come to one; or null. */
    CachedSeries nextCold(long lookUps) {
        if (residents.isEmpty()) {
            return null;
        }
        hand = (hand + 1) % residents.size();
        CachedSeries series = residents.get(hand);
        return series.lastUse + (long) COLD_ROUNDS * size() < lookUps ? series : null;
    }

    void remove(CachedSeries resident) {
        CachedSeries last = residents.remove(residents.size() - 1);
        if (last != resident) {
            residents.set(resident.place, last);
            last.place = resident.place;
        }
    }

    private int newcomersAllowed() {
        return Math.max(1, size() / NEWCOMERS);
    }

    private void settle(CachedSeries series) {
        series.place = residents.size();
        residents.add(series);
    }

    private CachedSeries oldestOfSome() {
        CachedSeries oldest = residents.get(draw());
        for (int i = 1; i < CANDIDATES; i++) {
            CachedSeries other = residents.get(draw());
            oldest = other.lastUse < oldest.lastUse ? other : oldest;
        }
        return oldest;
    }

    /** Marsaglia's xorshift; the same series are drawn in each run. */
    private int draw() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) Long.remainderUnsigned(random, residents.size());
    }
}

package dev.weir.flink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Chooses which series {@link StateCache} evicts.
 *
 * <p><b>Newcomers.</b> A tenth of the cache is a FIFO queue of newcomers. At the head of the queue a series that was
 * used again is promoted to the residents, any other one is evicted first. Series that come only once therefore do not
 * displace those in use, and most of them die young, which is cheap for the garbage collector. Source: S3-FIFO (Yang et
 * al., FIFO queues are all you need for cache eviction, SOSP 2023).
 *
 * <p><b>Residents.</b> Of a few random residents the least recently used one is evicted, as Redis does. Strict LRU
 * would be worse: a fleet reports in rounds, and if a round is slightly larger than the cache, strict LRU never hits.
 *
 * <p><b>Cost.</b> All operations take O(1).
 */
final class EvictionOrder {
    /** One series in so many may be a newcomer. */
    private static final int NEWCOMERS = 10;

    /** Residents sampled for an eviction. Redis samples five and comes close to strict LRU. */
    private static final int CANDIDATES = 5;

    /**
     * A resident is cold after so many lookups per cached series without use. One would be too few: series that report
     * in rounds of changing order are unused for up to two.
     */
    private static final int COLD_ROUNDS = 4;

    /**
     * Rounds without use after which a cold resident has probably fallen silent. Until then it may only wait for its partition: a backlog
     * is read in turns of a fetch of each partition, which hold several rounds of its series.
     */
    private static final int SILENT_ROUNDS = 16;

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
            promote(newcomers.remove());
        }
    }

    /** Removes and returns the series to evict. There must be one. */
    CachedSeries removeNext() {
        while (newcomers.size() >= newcomersAllowed() || residents.isEmpty()) {
            CachedSeries first = newcomers.remove();
            if (!first.returned || residents.isEmpty()) {
                return first;
            }
            promote(first);
        }
        CachedSeries oldest = oldestOfSome();
        remove(oldest);
        return oldest;
    }

    /** Returns the newcomers, at most so many, that are evicted next unless they are used before. */
    List<CachedSeries> leavingSoon(int most) {
        return newcomers.stream()
                .limit(most)
                .filter(series -> !series.returned)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Advances a clock hand by one resident and returns that resident if it is cold, otherwise null. */
    CachedSeries nextCold(long lookUps) {
        if (residents.isEmpty()) {
            return null;
        }
        hand = (hand + 1) % residents.size();
        CachedSeries series = residents.get(hand);
        return series.lastUse + (long) COLD_ROUNDS * size() < lookUps ? series : null;
    }

    /** Returns whether a cold resident has probably fallen silent. */
    boolean isSilent(CachedSeries cold, long lookUps) {
        return cold.lastUse + (long) SILENT_ROUNDS * size() < lookUps;
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

    private void promote(CachedSeries series) {
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

    /** Draws a random index of a resident with Marsaglia's xorshift. The seed is fixed, so runs are repeatable. */
    private int draw() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) Long.remainderUnsigned(random, residents.size());
    }
}

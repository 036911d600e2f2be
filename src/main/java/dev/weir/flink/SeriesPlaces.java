package dev.weir.flink;

import dev.weir.core.model.SeriesKey;

/**
 * Gives each series a place, a number that stands for it on the wire as long as no other has taken it. A series may be in any place of its
 * group, so that a table that is half full hardly ever gives a place twice; if the group is full, one of its series loses its place. Not
 * thread-safe.
 */
final class SeriesPlaces {
    /** Places of a group: their hashes are one cache line. */
    private static final int GROUP = 16;
    /** So that the hash's upper bits decide about the group, too: Knuth's multiplier, 2^32 over the golden ratio. */
    private static final int MIX = 0x9E3779B9;

    private final SeriesKey[] series;
    private final int[] hashes;
    private final int groupMask;
    private boolean isNew;

    /** @param places a power of two, at least 16 */
    SeriesPlaces(int places) {
        series = new SeriesKey[places];
        hashes = new int[places];
        groupMask = places / GROUP - 1;
    }

    /** The place of the series; {@link #isNew} tells whether it has been given just now. */
    int of(SeriesKey key) {
        int hash = key.hashCode() * MIX;
        int first = (hash >>> 16 & groupMask) * GROUP;
        int free = -1;
        for (int place = first; place < first + GROUP; place++) {
            if (hashes[place] == hash && key.equals(series[place])) {
                isNew = false;
                return place;
            }
            if (free < 0 && series[place] == null) {
                free = place;
            }
        }
        int taken = free >= 0 ? free : first + (hash & GROUP - 1);
        series[taken] = key;
        hashes[taken] = hash;
        isNew = true;
        return taken;
    }

    boolean isNew() {
        return isNew;
    }
}

package dev.weir.flink;

/**
 * Assigns names a place, a number that stands for them on the wire until another name takes the place. The table is set-associative: a name
 * may be in any place of its group, so that a table that is half full rarely evicts a name. If the group is full, one of its names loses
 * its place. Not thread-safe.
 *
 * @param <T> immutable, with {@code equals} and {@code hashCode}
 */
final class NamePlaces<T> {
    /** Places of a group. Their hashes fill one cache line. */
    private static final int GROUP = 16;
    /** Lets all bits of the hash choose the group. Knuth's multiplier, 2^32 divided by the golden ratio. */
    private static final int MIX = 0x9E3779B9;

    private final T[] names;
    private final int[] hashes;
    private final int groupMask;
    private boolean isNew;

    /**
     * Creates a table.
     *
     * @param places a power of two, at least 16
     */
    @SuppressWarnings("unchecked")
    NamePlaces(int places) {
        names = (T[]) new Object[places];
        hashes = new int[places];
        groupMask = places / GROUP - 1;
    }

    /** Prefetches the hashes of a group. The result only keeps the JIT from removing the load. */
    int prefetch(int hash) {
        return hashes[first(hash * MIX)];
    }

    /** Prefetches the name with this hash. The result only keeps the JIT from removing the load. */
    int prefetchNames(int hash) {
        int mixed = hash * MIX;
        int first = first(mixed);
        for (int place = first; place < first + GROUP; place++) {
            if (hashes[place] == mixed && names[place] != null) {
                return names[place].hashCode();
            }
        }
        return 0;
    }

    private int first(int mixed) {
        return (mixed >>> 16 & groupMask) * GROUP;
    }

    /** Returns the place of the name. Afterwards {@link #isNew} tells whether it was assigned by this call. */
    int of(T key) {
        int hash = key.hashCode() * MIX;
        int first = first(hash);
        int free = -1;
        for (int place = first; place < first + GROUP; place++) {
            if (hashes[place] == hash && key.equals(names[place])) {
                isNew = false;
                return place;
            }
            if (free < 0 && names[place] == null) {
                free = place;
            }
        }
        int taken = free >= 0 ? free : first + (hash & GROUP - 1);
        names[taken] = key;
        hashes[taken] = hash;
        isNew = true;
        return taken;
    }

    T nameAt(int place) {
        return names[place];
    }

    boolean isNew() {
        return isNew;
    }
}

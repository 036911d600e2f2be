package dev.weir.flink;

/**
 * Gives names a place, a number that stands for them on the wire as long as no other names have taken it. They may be in any place of
 * their group, so that a table that is half full hardly ever gives a place twice; if the group is full, one of it loses its place. Not
 * thread-safe.
 *
 * @param <T> immutable, with {@code equals} and {@code hashCode}
 */
final class NamePlaces<T> {
    /** Places of a group: their hashes are one cache line. */
    private static final int GROUP = 16;
    /** So that the hash's upper bits decide about the group, too: Knuth's multiplier, 2^32 over the golden ratio. */
    private static final int MIX = 0x9E3779B9;

    private final T[] names;
    private final int[] hashes;
    private final int groupMask;
    private boolean isNew;

    /** @param places a power of two, at least 16 */
    @SuppressWarnings("unchecked")
    NamePlaces(int places) {
        names = (T[]) new Object[places];
        hashes = new int[places];
        groupMask = places / GROUP - 1;
    }

    /** Has the processor fetch where the names with this hash may be: several can be on their way at once. Means nothing. */
    int touch(int hash) {
        return hashes[first(hash * MIX)];
    }

    /** Has the processor fetch the names that are found there. Means nothing. */
    int touchNames(int hash) {
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

    /** The place of these names; {@link #isNew} tells whether it has been given just now. */
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

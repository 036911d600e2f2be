package dev.weir.source;

/**
 * Where to go on from a position that the broker has no record for, and what that loses. Pure.
 *
 * @param to the offset to read next; never behind the split's end
 * @param lost number of offsets before the split's end that were deleted before they were read
 */
record Jump(long to, long lost) {

    /**
     * Forward to the first record that is left: exactly the offsets before it are lost, and none that compaction or a
     * transaction leaves out.
     */
    static Jump overLost(long position, long begin, long stop) {
        long to = Math.min(begin, stop);
        return new Jump(to, to - position);
    }

    /**
     * Back to where the brokers' log departs from what was read. Everything that the log now holds from there on is new;
     * nothing is lost.
     *
     * @param divergent the first offset that differs
     */
    static Jump back(long divergent, long begin) {
        return new Jump(Math.max(divergent, begin), 0);
    }
}

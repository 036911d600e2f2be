package dev.weir.source;

/**
 * Describes where to continue after a position for which the broker has no record. Pure.
 *
 * @param to the offset to read next; never beyond the split's end
 * @param lost number of offsets before the split's end that were deleted before they were read
 */
record Jump(long to, long lost) {

    /**
     * Returns the jump forward to the first record that is left. The offsets before it are lost; it counts no offset
     * that compaction or a transaction leaves out.
     */
    static Jump overLost(long position, long begin, long stop) {
        long to = Math.min(begin, stop);
        return new Jump(to, to - position);
    }

    /**
     * Returns the jump back to where the brokers' log differs from the records that were read. Everything that the log
     * now holds from there on is new, so nothing is lost.
     *
     * @param divergent the first offset that differs
     * @param begin the first offset of the log
     */
    static Jump back(long divergent, long begin) {
        return new Jump(Math.max(divergent, begin), 0);
    }
}

package dev.weir.testing.generate;

/**
 * What can be wrong, or just at the edge of being wrong, with what a device sends. Each stands for one or a few
 * messages of {@link Device}.
 */
public enum Fault {
    /** Arrives a few messages later than it was measured, within the lateness or just beyond. */
    DISORDER,
    /** Measured before the floor. */
    LATE,
    /** Measured exactly at the floor: still counts; and a millisecond before it: no more. */
    AT_FLOOR,
    /** A message is sent again, byte for byte. */
    DUPLICATE,
    /** Another value for a time that was already sent. */
    OTHER_VALUE,
    /** Beyond an end of the range. */
    OUT_OF_RANGE,
    /** Exactly at an end of the range: good. */
    AT_LIMIT,
    SENTINEL,
    /** Far faster than any max-rate. */
    SPIKE,
    /** The same value for longer than any stuck-after, and just as long. */
    STUCK,
    /** Many messages in a few milliseconds. */
    BURST,
    MISSING_VALUE,
    /** A null text for the value. */
    NULL_TEXT,
    WRONG_TYPE_VALUE,
    NON_FINITE,
    MISSING_SENSOR,
    WRONG_TYPE_SENSOR,
    /** Empty, too long, or with a control character. */
    BAD_IDENTIFIER,
    MISSING_METRIC,
    MISSING_TIME,
    WRONG_TYPE_TIME,
    /** A unit that the catalog's is convertible to; values converted. */
    OTHER_UNIT,
    UNIT_MISMATCH,
    UNKNOWN_METRIC,
    /** Bytes that cannot be decoded. */
    MALFORMED,
    TOMBSTONE,
    /** A millisecond further ahead of the record's timestamp than the skew. */
    FUTURE,
    /** As far ahead as the skew allows: counts, and moves the clock. */
    AT_SKEW,
    ANCIENT,
    /** Minutes to days ahead, and never back. */
    JUMP_AHEAD,
    /** The device's clock is set back by minutes. */
    JUMP_BACK,
    /** Offline for a while, then all is uploaded in order at once. */
    BACKLOG,
    /** Offline for a while, then first a live message, then the backlog. */
    LIVE_BEFORE_BACKLOG,
    /** The device moves. */
    OTHER_SITE
}

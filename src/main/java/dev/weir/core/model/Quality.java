package dev.weir.core.model;

/**
 * Constants of {@code quality}, which is the sum of the bits of a reading's {@link Flag}s. On the way to its series a reading may have one
 * more bit.
 */
public final class Quality {
    /**
     * Set for a reading whose event time is the earlier instant of a local time that occurs twice. Not a flag: the series chooses between
     * the two instants and clears the bit, so no output contains it. It is part of the quality because the wire format has a whole byte for
     * that.
     */
    public static final int TIME_COMES_TWICE = 64;

    private Quality() {}
}

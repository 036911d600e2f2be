package dev.weir.core.model;

/** Documents {@code quality}: the sum of the bits of a reading's {@link Flag}s. On the way to its series it may contain one more mark. */
public final class Quality {
    /**
     * Marks a reading whose event time is the earlier instant of a local time that occurs twice. Not a flag: the series chooses between the
     * two instants and removes the mark, so no output contains it. It is part of the quality because the wire format has a whole byte for
     * that.
     */
    public static final int TIME_COMES_TWICE = 64;

    private Quality() {}
}

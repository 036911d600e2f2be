package dev.weir.core.model;

/** The bits of a reading's {@code quality}: why it was flagged. */
public final class Quality {
    public static final int OUT_OF_RANGE = 1;
    public static final int SPIKE = 2;
    public static final int STUCK = 4;

    private Quality() {}
}

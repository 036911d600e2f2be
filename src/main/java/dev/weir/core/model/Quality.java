package dev.weir.core.model;

/** The bits of a reading's {@code quality}: why it was flagged. */
public final class Quality {
    public static final int OUT_OF_RANGE = 1;
    public static final int SPIKE = 2;
    public static final int STUCK = 4;

    /**
     * No quality: marks a reading on its way to its series whose event time is the earlier one of a local time that comes twice. The series
     * decides between the two and takes the mark off, so no output ever has it. It travels here because the wire has a whole byte for quality.
     */
    public static final int TIME_COMES_TWICE = 64;

    private Quality() {}
}

package dev.weir.core.model;

/** The {@code quality} of a reading: the sum of the bits of its {@link Flag}s, and on the way to its series one mark more. */
public final class Quality {
    /**
     * No flag: marks a reading on its way to its series whose event time is the earlier one of a local time that comes twice.
     * The series decides between the two and takes the mark off, so no output ever has it. It travels here because the wire has
     * a whole byte for quality.
     */
    public static final int TIME_COMES_TWICE = 64;

    private Quality() {}
}

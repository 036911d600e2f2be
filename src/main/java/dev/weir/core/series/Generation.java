package dev.weir.core.series;

/**
 * The generation of the pipeline's state in which results are made.
 *
 * @param number from 1, rising
 * @param startedWithoutState whether series that begin in it may have missed readings of an earlier generation
 */
public record Generation(int number, boolean startedWithoutState) {

    /** The first generation of a pipeline. */
    public static final Generation FIRST = new Generation(1, true);

    /** Returns whether the rows of a series that begins now may be incomplete. In the first generation there was nothing to miss. */
    boolean makesPartialRows() {
        return startedWithoutState && number > 1;
    }
}

package dev.weir.core.series;

/**
 * The life of the pipeline's state that results are made in.
 *
 * @param number from 1, rising
 * @param startedWithoutState whether series that begin in it may have missed readings of an earlier one
 */
public record Generation(int number, boolean startedWithoutState) {

    /** The first life of a pipeline. */
    public static final Generation FIRST = new Generation(1, true);

    /** Whether the rows of a series that begins now may be incomplete. In the first generation there was nothing to miss. */
    boolean makesPartialRows() {
        return startedWithoutState && number > 1;
    }
}

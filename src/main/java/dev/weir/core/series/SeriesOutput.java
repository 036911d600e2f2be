package dev.weir.core.series;

import dev.weir.core.model.Aggregate;
import dev.weir.core.model.Reading;
import dev.weir.core.model.Reject;

/** Takes the results of the series machine as soon as they are made, in order. */
public interface SeriesOutput {

    /** Why a row was emitted. */
    enum Cause {
        /** The series clock has passed the window's end + disorder. */
        FIRST,
        /** A reading came after the first result, within the lateness. */
        CORRECTION,
        /** The series fell silent, its input ended, or its window length was removed. */
        FLUSH,
        /** The same content as an earlier row, with the number of a newer generation. */
        AGAIN
    }

    /**
     * Takes an accepted reading.
     *
     * @param reading with its final quality and generation
     */
    void accepted(Reading reading);

    void rejected(Reading reading, Reject reject);

    void emitted(Aggregate row, Cause cause);
}

package dev.weir.sink.postgres;

import java.io.IOException;
import java.io.Serializable;

/** Brings rows into the database. One thread commits; {@link #abort} comes from another. */
interface BatchCommitter {

    /**
     * All rows of the work are in the database, or greater ones. Harmless to repeat: an attempt begins after the rows that earlier ones
     * have committed.
     *
     * @return number of rows of the work
     * @throws TransientCommitException what may pass by itself: to be tried again
     * @throws IOException a local file cannot be read: fails the task
     * @throws RuntimeException anything else: fails the job
     */
    long commit(PendingBatches.Work work) throws TransientCommitException, IOException;

    /** Where the rows count that are discarded because their year's table was detached; called before the first {@link #commit}. */
    default void report(ExpiredRows expired) {}

    /** A commit that is under way ends with an exception, soon; the server rolls it back. */
    void abort();

    /** Makes the committer of one subtask, on its TaskManager. */
    interface Factory extends Serializable {

        /** @param restored whether the job has run before */
        BatchCommitter create(boolean restored);
    }
}

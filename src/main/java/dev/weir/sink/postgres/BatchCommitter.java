package dev.weir.sink.postgres;

import java.io.IOException;
import java.io.Serializable;

/** Commits rows to the database. One thread commits; {@link #abort} is called by another. */
interface BatchCommitter {

    /**
     * Commits the work. Afterwards the database has all its rows, or greater ones. Repeating it is harmless: an attempt starts behind the
     * rows that earlier attempts have committed.
     *
     * @return number of rows of the work
     * @throws TransientCommitException for a failure that may pass by itself; the caller retries
     * @throws IOException if a local file cannot be read; fails the task
     * @throws RuntimeException for any other failure; fails the job
     */
    long commit(PendingBatches.Work work) throws TransientCommitException, IOException;

    /** Sets the counter of rows that are discarded because their year's table was detached. Called before the first {@link #commit}. */
    default void report(ExpiredRows expired) {}

    /** Ends a running commit soon with an exception; the server rolls it back. */
    void abort();

    /** Creates the committer of one subtask, on its TaskManager. */
    interface Factory extends Serializable {

        /**
         * Creates a committer.
         *
         * @param restored whether the job was restored from state
         */
        BatchCommitter create(boolean restored);
    }
}

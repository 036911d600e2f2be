package dev.weir.chaos;

import java.util.OptionalLong;

/**
 * The job as its users see it: over REST and with the {@code flink} command. While the JobManager is away the numbers are empty.
 */
interface ChaosJob {
    /** Of the present job; another one after each {@link #rescale}. */
    String id();

    int parallelism();

    /** As the REST interface says: RUNNING, RESTARTING, ...; empty text while nobody answers. */
    String status();

    /** How often the present JobManager restarted the present job. Begins anew with either. */
    OptionalLong restarts();

    /** The newest completed checkpoint. Ids only grow, over failures and rescaling. */
    OptionalLong lastCheckpoint();

    /** Of the present job, as counted by the present JobManager. */
    OptionalLong failedCheckpoints();

    /** Of the topic, as the books in the database say: committed, and only growing. Empty while the database is away. */
    OptionalLong eventsInBooks();

    /** Stopped with a savepoint and restored from it at another parallelism, both with the {@code flink} command. */
    void rescale(int parallelism);
}

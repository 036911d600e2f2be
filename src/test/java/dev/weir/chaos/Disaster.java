package dev.weir.chaos;

/** One thing that goes wrong with the cluster, and is over again when the method returns. */
interface Disaster {

    /** For people, e.g. {@code kill -9 TaskManager}. */
    String name();

    /**
     * Does it, waits until it has hit and is undone. Recovery is not waited for: that is measured by the caller.
     *
     * @return the proof that it hit, in words with numbers
     * @throws Exception if it did not hit, or could not be undone: the run fails
     */
    String strike(ChaosCluster cluster) throws Exception;
}

package dev.weir;

import dev.weir.cli.Weir;
import dev.weir.job.ClusterStart;

/** Starts the job jar: the main class that {@code flink run}, the operator and the image's JobManager call. */
public final class WeirJob {

    /**
     * Starts the job with the cluster's configuration, which {@code -Dkey=value} arguments override.
     *
     * @throws dev.weir.config.ConfigurationException if there are problems; lists every one with its file and line, or
     *     with the option's name
     */
    public static void main(String[] args) throws Exception {
        ClusterStart.run(Weir.overrides(args));
    }

    private WeirJob() {}
}

package dev.weir;

import dev.weir.cli.Weir;
import dev.weir.job.ClusterStart;

/** The job jar's main class: what {@code flink run}, the operator and the image's JobManager start. */
public final class WeirJob {

    /**
     * Starts the job with the cluster's configuration, and above it {@code -Dkey=value} arguments.
     *
     * @throws dev.weir.config.ConfigurationException with every problem, each with file and line or the option's name
     */
    public static void main(String[] args) throws Exception {
        ClusterStart.run(Weir.overrides(args));
    }

    private WeirJob() {}
}

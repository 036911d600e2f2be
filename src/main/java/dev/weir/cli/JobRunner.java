package dev.weir.cli;

import dev.weir.config.WeirConfig;
import org.apache.flink.configuration.Configuration;

/** Runs the job of a valid configuration. */
@FunctionalInterface
public interface JobRunner {

    /**
     * Runs the job to its end.
     *
     * @param flink the effective Flink configuration, including overrides
     * @return the exit code: 0 finished, 2 job failed
     * @throws Exception if the job failed (exit code 2); a {@code ConfigurationException} or a {@code
     *     NotStartedException} means exit code 1
     */
    int run(WeirConfig config, Configuration flink, RunChoices choices) throws Exception;
}

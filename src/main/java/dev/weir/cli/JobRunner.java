package dev.weir.cli;

import dev.weir.config.WeirConfig;
import org.apache.flink.configuration.Configuration;

/** Runs the job of a valid configuration. */
@FunctionalInterface
public interface JobRunner {

    /**
     * Runs to the end.
     *
     * @param flink the effective Flink configuration, overrides included
     * @return the exit code: 0 finished, 2 job failed
     * @throws Exception for a job that failed (exit code 2); a {@code ConfigurationException} and a {@code NotStartedException} are exit code 1
     */
    int run(WeirConfig config, Configuration flink, RunChoices choices) throws Exception;
}

package dev.weir.generation;

import dev.weir.config.WeirConfig;
import java.io.Serializable;

/**
 * One execution of {@code main}: ships in the graph, so that a job that a standby JobManager recovers is still the same run.
 *
 * @param id random
 */
public record Run(String id, WeirConfig config) implements Serializable {}

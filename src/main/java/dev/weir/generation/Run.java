package dev.weir.generation;

import dev.weir.config.WeirConfig;
import java.io.Serializable;

/**
 * Identifies one execution of {@code main}. It is part of the job graph, so a job that a standby JobManager recovers is
 * still the same run.
 *
 * @param id random
 */
public record Run(String id, WeirConfig config) implements Serializable {}

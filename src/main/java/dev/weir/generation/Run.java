package dev.weir.generation;

import dev.weir.config.WeirConfig;
import java.io.Serializable;

/**
 * Identifies one execution of {@code main}. It is part of the job graph, so a job that a standby JobManager recovers is
 * still the same run.
 *
 * @param id random
 * @param fence where the outputs store the newest completed position; a database, if there is one, stores it as well
 */
public record Run(String id, WeirConfig config, Fence fence) implements Serializable {}

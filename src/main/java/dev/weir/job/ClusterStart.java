package dev.weir.job;

import dev.weir.config.ConfigLoader;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Resolved;
import dev.weir.config.WeirConfig;
import dev.weir.doctor.SlotsArea;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the job when Flink calls {@code main} on a cluster, with that cluster's configuration. */
public final class ClusterStart {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterStart.class);

    /**
     * Defines the job and executes it.
     *
     * @param overrides options that override the cluster's configuration
     * @throws ConfigurationException if there are problems; lists every one with its file and line, or with the
     *     option's name
     */
    public static void run(Map<String, String> overrides) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Resolved resolved;
        try {
            resolved = new ConfigLoader()
                    .fromFlink(Configuration.fromMap(env.getConfiguration().toMap()), overrides);
        } catch (ConfigurationException e) {
            if (!Recovery.isUnderWay(env)) {
                throw e;
            }
            LOG.warn(
                    "The restored job continues as it was submitted. Its configuration cannot be read any more: {}",
                    e.getMessage());
            Recovery.executePlaceholder(env);
            return;
        }
        WeirConfig config = resolved.config();
        resolved.warnings().forEach(warning -> LOG.warn("{}", warning));
        env.configure(Configuration.fromMap(overrides));
        Map<String, String> shown = new LinkedHashMap<>(env.getConfiguration()
                .getOptional(PipelineOptions.GLOBAL_JOB_PARAMETERS)
                .orElse(Map.of()));
        shown.putAll(resolved.shown());
        env.configure(new Configuration().set(PipelineOptions.GLOBAL_JOB_PARAMETERS, shown));
        if (Recovery.isUnderWay(env)) {
            JobDefinition.defineWithoutLooking(env, config);
            LOG.info(
                    "Pipeline {} has been restored by this JobManager; main contacts nothing outside",
                    config.pipeline());
        } else {
            JobDefinition.define(env, config);
            LOG.info(
                    "Pipeline {} is defined; {}",
                    config.pipeline(),
                    SlotsArea.needed(
                            env.getParallelism(), env.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS)));
        }
        env.execute(JobDefinition.name(config));
    }

    private ClusterStart() {}
}

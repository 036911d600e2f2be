package dev.weir.job;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutorServiceLoader;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a {@code main} that runs again because another JobManager took over. Other runs of {@code main} start a job.
 *
 * <p>In application mode with high availability, each new leader restores the job from the high-availability storage
 * and also runs {@code main}. Flink then discards the graph that {@code main} defines: its executor finds the job's id
 * among the restored ones, and only returns a client for it. (From Flink 2.3 on, the executor is also what restores the
 * job.) If {@code main} fails nevertheless, Flink ends the process and the job with it. So such a {@code main} must need
 * nothing that the restored job can wait for, such as Kafka or PostgreSQL.
 *
 * <p>Flink has no public interface that tells {@code main} about this. The restored ids are in private fields of the
 * executor's loader. If they cannot be read, as in another version of Flink, {@code main} is treated as one that starts
 * a job, which is what happens without this class, and a warning is logged.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** The loader's fields with ids of jobs for which {@code main} defines no graph: Flink 2.2 has the first, 2.3 the others. */
    private static final Set<String> RESTORED_IDS = Set.of("submittedJobIds", "suspendedJobIds", "terminalJobIds");

    /** Returns whether Flink has already restored the job that this {@code main} executes. */
    static boolean isUnderWay(StreamExecutionEnvironment env) {
        String id = env.getConfiguration()
                .getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
                .orElse(null);
        // There is no high availability in application mode without a fixed id.
        return id != null && isRestored(JobID.fromHexString(id), env);
    }

    /**
     * Executes a graph that Flink replaces with the restored job's, for a {@code main} that cannot define the job's own
     * graph any more.
     */
    static void executePlaceholder(StreamExecutionEnvironment env) throws Exception {
        env.fromData(0L).uid("placeholder").sinkTo(new DiscardingSink<>()).uid("placeholder-sink");
        env.execute("Restored job");
    }

    private static boolean isRestored(JobID id, StreamExecutionEnvironment env) {
        try {
            Field field = StreamExecutionEnvironment.class.getDeclaredField("executorServiceLoader");
            return read(field, env) instanceof EmbeddedExecutorServiceLoader loader
                    && restoredIds(loader).contains(id);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn(
                    "This Flink does not tell whether job {} has been restored: its start is checked like a first one",
                    id,
                    e);
            return false;
        }
    }

    private static Set<Object> restoredIds(EmbeddedExecutorServiceLoader loader) throws ReflectiveOperationException {
        Set<Object> ids = new HashSet<>();
        boolean known = false;
        for (Field field : EmbeddedExecutorServiceLoader.class.getDeclaredFields()) {
            if (RESTORED_IDS.contains(field.getName())) {
                ids.addAll((Collection<?>) read(field, loader));
                known = true;
            }
        }
        if (!known) {
            throw new NoSuchFieldException(String.join(", ", RESTORED_IDS));
        }
        return ids;
    }

    private static Object read(Field field, Object from) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(from);
    }

    private Recovery() {}
}

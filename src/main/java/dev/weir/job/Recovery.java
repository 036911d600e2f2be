package dev.weir.job;

import java.lang.reflect.Field;
import java.util.Collection;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutorServiceLoader;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@code main} that runs again because a JobManager took over from one that starts a job.
 *
 * <p>In application mode with high availability, each new leader restores the job from the high-availability storage
 * and runs {@code main} besides. What {@code main} defines is then thrown away: Flink's executor finds the job's id
 * among those that it restored, and only hands out a client for it. If {@code main} fails all the same, Flink ends the
 * process, and the job with it. So a {@code main} of this sort must need nothing that the restored job can wait for,
 * such as Kafka or PostgreSQL.
 *
 * <p>Flink tells {@code main} none of that in public; the ids that it restored are in the executor's loader, which it
 * keeps in private fields. Where they cannot be read (another version of Flink), {@code main} is taken for one that
 * starts a job, as it would be without this class, and a warning says so.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** Whether what this {@code main} executes is a job that Flink has restored already. */
    static boolean isUnderWay(StreamExecutionEnvironment env) {
        String id = env.getConfiguration()
                .getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
                .orElse(null);
        // Without a fixed id there is no high availability in application mode.
        return id != null && isRestored(JobID.fromHexString(id), env);
    }

    /** Executes a graph that Flink throws away for the restored job's, for where the job's own cannot be defined any more. */
    static void executePlaceholder(StreamExecutionEnvironment env) throws Exception {
        env.fromData(0L).uid("placeholder").sinkTo(new DiscardingSink<>()).uid("placeholder-sink");
        env.execute("Restored job");
    }

    private static boolean isRestored(JobID id, StreamExecutionEnvironment env) {
        try {
            Object loader = read(StreamExecutionEnvironment.class, "executorServiceLoader", env);
            return loader instanceof EmbeddedExecutorServiceLoader
                    && ((Collection<?>) read(EmbeddedExecutorServiceLoader.class, "submittedJobIds", loader))
                            .contains(id);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn(
                    "This Flink does not tell whether job {} has been restored: it is checked as at a first start",
                    id,
                    e);
            return false;
        }
    }

    private static Object read(Class<?> type, String name, Object from) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(from);
    }

    private Recovery() {}
}

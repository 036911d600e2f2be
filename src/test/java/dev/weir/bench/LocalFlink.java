package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process, with the memory of the shipped TaskManager, and one job on it. */
final class LocalFlink implements AutoCloseable {
    /** Submits one job. */
    @FunctionalInterface
    interface Submission {
        JobClient submit(StreamExecutionEnvironment env) throws Exception;
    }

    private final Configuration flink;
    private final MiniCluster cluster;
    private final URI web;

    private LocalFlink(Configuration flink, MiniCluster cluster) throws Exception {
        this.flink = flink;
        this.cluster = cluster;
        this.web = cluster.getRestAddress().get();
    }

    static LocalFlink start(Configuration flink, Task task) throws Exception {
        Configuration configuration = new Configuration(flink);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(JobManagerOptions.BIND_HOST, "localhost");
        configuration.set(TaskManagerOptions.BIND_HOST, "localhost");
        configuration.set(CoreOptions.TMP_DIRS, task.directory().resolve("tmp").toString());
        // None: Prometheus' would listen on every interface.
        configuration.set(MetricOptions.REPORTERS_LIST, "none");
        TaskExecutorProcessSpec memory = FlinkSettings.taskManager(flink);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, memory.getManagedMemorySize());
        MemorySize network = memory.getNetworkMemSize();
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(Task.THREADS)
                .build());
        cluster.start();
        return new LocalFlink(flink, cluster);
    }

    /** The job has run to the end of its input; measured from its first state RUNNING to FINISHED, by the JobManager's clock. */
    Measured measure(Submission submission, Task task) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createRemoteEnvironment(
                web.getHost(), web.getPort(), new Configuration(flink));
        ProcessMeter meter = ProcessMeter.start();
        JobClient job = submission.submit(env);
        try {
            await(job, task.untilMillis());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        JsonNode times = get("/jobs/" + job.getJobID()).path("timestamps");
        long end =
                Math.max(times.path("FINISHED").asLong(), times.path("CANCELED").asLong());
        long millis = end - times.path("RUNNING").asLong();
        return meter.stop(task.events(), millis).with(Checkpoints.of(get("/jobs/" + job.getJobID() + "/checkpoints")));
    }

    private static void await(JobClient job, long untilMillis) throws Exception {
        if (untilMillis == 0) {
            job.getJobExecutionResult().get();
            return;
        }
        try {
            job.getJobExecutionResult().get(untilMillis - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the job has ended before its time");
        } catch (TimeoutException itIsTime) {
            job.cancel().get();
            CompletableFuture<?> end = job.getJobExecutionResult();
            end.handle((result, cancelled) -> null).get();
        }
    }

    private JsonNode get(String path) throws Exception {
        return new ObjectMapper().readTree(web.resolve(path).toURL());
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}

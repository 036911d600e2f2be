package dev.weir.demo;

import java.net.URI;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process, with its web UI on 8081 or the next free port. Jobs come through its REST port, as on any cluster. */
final class DemoCluster implements AutoCloseable {
    /** The bounded job and the live one, two subtasks each. */
    private static final int SLOTS = 4;

    private static final String WEB_PORTS = "8081-8181";

    private final MiniCluster cluster;
    private final URI web;

    private DemoCluster(MiniCluster cluster, URI web) {
        this.cluster = cluster;
        this.web = web;
    }

    static DemoCluster start(Configuration flink) throws Exception {
        Configuration configuration = new Configuration(flink);
        configuration.set(RestOptions.BIND_PORT, WEB_PORTS);
        configuration.set(RestOptions.BIND_ADDRESS, "localhost");
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(JobManagerOptions.BIND_HOST, "localhost");
        configuration.set(TaskManagerOptions.BIND_HOST, "localhost");
        // None: Prometheus' would listen on every interface.
        configuration.set(MetricOptions.REPORTERS_LIST, "none");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        cluster.start();
        return new DemoCluster(cluster, cluster.getRestAddress().get());
    }

    /** Address of the web UI and the REST interface. */
    URI web() {
        return web;
    }

    /** An environment whose jobs run here. */
    StreamExecutionEnvironment environment(Configuration flink) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                web.getHost(), web.getPort(), new Configuration(flink));
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}

package dev.weir.monitoring;

import static org.awaitility.Awaitility.await;

import dev.weir.testing.Scrape;
import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import dev.weir.testing.pipeline.PipelineJob;
import dev.weir.testing.pipeline.PipelinePlan;
import dev.weir.testing.pipeline.PipelineRig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.metrics.prometheus.LoopbackReporter;

/** The production job under way, with every fault in its input, and with the metrics that the shipped configuration switches on. */
final class WatchedPipeline implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final int FEED = 20;
    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Workload WORKLOAD =
            new Workload(TestConfigs.longJson(), 20_26, 6, PARTITIONS, 150, 0.2, List.of(Fault.values()));

    private final int port;
    private final PipelineRig rig;
    private final PipelineJob job;

    private WatchedPipeline(int port, PipelineRig rig, PipelineJob job) {
        this.port = port;
        this.rig = rig;
        this.job = job;
    }

    /** It has read and committed everything, and waits for more. */
    static WatchedPipeline start() throws Exception {
        int port = freePort();
        PipelineRig rig = new PipelineRig(options(port));
        PipelineJob job =
                rig.start(PipelinePlan.of(WORKLOAD.config(), 2).untilStopped(), WORKLOAD.events(), PARTITIONS);
        WatchedPipeline watched = new WatchedPipeline(port, rig, job);
        watched.awaitInBooks();
        return watched;
    }

    int port() {
        return port;
    }

    PipelineJob job() {
        return job;
    }

    Scrape scrape() throws IOException, InterruptedException {
        return Scrape.of(port);
    }

    void awaitInBooks() {
        await().atMost(WITHIN).until(() -> job.eventsInBooks() == job.sent().size());
    }

    /** A few events come in. */
    void feed() {
        job.send(WORKLOAD.events().subList(0, FEED));
    }

    /** How many dead letters a reader sees. */
    int deadLetters() {
        return rig.broker().readAll(job.config().deadLetters().topic()).size();
    }

    List<String> sql(String query) {
        return rig.postgres().rows(job.config().postgres().url(), query);
    }

    @Override
    public void close() throws Exception {
        job.cancel();
        rig.close();
    }

    private static Map<String, String> options(int port) {
        Map<String, String> options = new HashMap<>();
        GlobalConfiguration.loadConfiguration("flink-conf").toMap().forEach((key, value) -> {
            if (key.startsWith("state.backend.rocksdb.metrics.")) {
                options.put(key, value);
            }
        });
        options.put("metrics.reporters", "loopback");
        options.put("metrics.reporter.loopback.factory.class", LoopbackReporter.Factory.class.getName());
        options.put("metrics.reporter.loopback.port", Integer.toString(port));
        return options;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

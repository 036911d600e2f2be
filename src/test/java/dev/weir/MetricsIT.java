package dev.weir;

import static org.awaitility.Awaitility.await;

import dev.weir.testing.generate.Fault;
import dev.weir.testing.generate.TestConfigs;
import dev.weir.testing.generate.Workload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;

class MetricsIT {
    @Test
    void dump() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> options = new HashMap<>();
        GlobalConfiguration.loadConfiguration("flink-conf").toMap().forEach((k, v) -> {
            if (k.startsWith("state.backend.rocksdb.metrics.")) options.put(k, v);
        });
        options.put("metrics.reporters", "prometheus");
        options.put(
                "metrics.reporter.prometheus.factory.class",
                "org.apache.flink.metrics.prometheus.LoopbackReporter$Factory");
        options.put("metrics.reporter.prometheus.port", "" + port);
        Workload w = new Workload(TestConfigs.longJson(), 20_26, 6, 4, 150, 0.2, List.of(Fault.values()));
        try (PipelineRig rig = new PipelineRig(options)) {
            PipelineJob job = rig.start(PipelinePlan.of(w.config(), 2).untilStopped(), w.events(), 4);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> job.eventsInBooks() == job.sent().size());
            await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
            var b = java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(
                                            java.net.URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
            Files.writeString(Path.of("/tmp/watch/scrape.txt"), b);
            job.cancel();
        }
    }
}

package dev.weir.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

class SlotsAreaTest {

    @Test
    void saysWhatAClusterNeedsWhereNoneAnswers() throws Exception {
        // Port 1 is closed.
        assertThat(finding(4, 1))
                .isEqualTo(Finding.ok("parallelism is 4: a cluster needs 4 slots, TaskManagers: 2"
                        + " (taskmanager.numberOfTaskSlots is 2); the local jar makes its own"));
    }

    @Test
    void warnsOfAClusterWithTooFewSlots() throws Exception {
        Finding finding = withCluster("{\"taskmanagers\":1,\"slots-total\":2,\"slots-available\":2}", 4);

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text())
                .startsWith("parallelism.default is 4, but Flink at localhost:")
                .endsWith("has slots: 2, free: 2: there the job would wait and read nothing;"
                        + " start TaskManagers for 2 more slots, or lower parallelism.default");
    }

    @Test
    void warnsOfAClusterWhoseSlotsAreTaken() throws Exception {
        Finding finding = withCluster("{\"taskmanagers\":2,\"slots-total\":4,\"slots-available\":1}", 4);

        assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
        assertThat(finding.text()).contains("free: 1", "stop the jobs that hold the others");
    }

    @Test
    void isContentWithEnoughSlotsAndWithWhatIsNoFlink() throws Exception {
        assertThat(withCluster("{\"slots-total\":4,\"slots-available\":4}", 4).level())
                .isEqualTo(Finding.Level.OK);
        assertThat(withCluster("{\"title\":\"another server\"}", 4).level()).isEqualTo(Finding.Level.OK);
        assertThat(withCluster("<html>", 4).level()).isEqualTo(Finding.Level.OK);
    }

    private static Finding withCluster(String overview, int parallelism) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/overview", exchange -> {
            byte[] body = overview.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return finding(parallelism, server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static Finding finding(int parallelism, int port) {
        Configuration flink = new Configuration()
                .set(CoreOptions.DEFAULT_PARALLELISM, parallelism)
                .set(TaskManagerOptions.NUM_TASK_SLOTS, 2)
                .set(RestOptions.ADDRESS, "localhost")
                .set(RestOptions.PORT, port);
        List<Finding> findings = new ArrayList<>();
        new SlotsArea(flink).examine(new Examination(Duration.ofSeconds(20), (name, finding) -> findings.add(finding)));
        return findings.get(0);
    }
}

package dev.weir.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The ZooKeeper that comes with Flink, one node, on the loopback. */
final class ZooKeeperProcess {
    private ZooKeeperProcess() {}

    static FlinkProcess of(FlinkHome home, Path directory, int port) throws IOException {
        Path data = Files.createDirectories(directory.resolve("zookeeper"));
        // Sessions may be as short as two ticks.
        Path config = Files.write(
                home.conf().resolve("zoo.cfg"),
                List.of(
                        "tickTime=500",
                        "maxSessionTimeout=60000",
                        "dataDir=" + data,
                        "clientPort=" + port,
                        "clientPortAddress=127.0.0.1",
                        "admin.enableServer=false"));
        return new FlinkProcess("zookeeper", directory.resolve("zookeeper.out"), (process, extraJvm) -> {
            List<String> jvm = List.of("-Xmx96m", home.logging("log4j-console"));
            String main = "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
            return home.launch(process.log(), jvm, main, List.of("--zkConfigFile", config.toString(), "--peerId", "1"));
        });
    }
}

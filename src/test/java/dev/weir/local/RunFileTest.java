package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path directory;

    @Test
    void isBesideTheCheckpointsOfThisMachineElseInTheTemporaryDirectory() {
        String local = directory.resolve("c").toUri().toString();
        assertThat(path(local)).isEqualTo(directory.resolve("c/p/run"));
        assertThat(path("s3://bucket/c").toString()).startsWith(System.getProperty("java.io.tmpdir"));
        assertThat(path(null).toString()).endsWith("p/run");
    }

    @Test
    void nobodyElseHoldsItAtTheSameTime() throws Exception {
        Path file = directory.resolve("p/run");
        try (RunFile first = RunFile.hold(file)) {
            assertThat(first).isNotNull();
            assertThat(RunFile.hold(file)).isNull();
        }
        try (RunFile again = RunFile.hold(file)) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void saysWhereTheJobIsAsLongAsItIsHeld() throws Exception {
        Path file = directory.resolve("p/run");
        assertThat(RunFile.running(file)).as("never held").isNull();
        try (RunFile held = RunFile.hold(file)) {
            assertThat(Files.readString(file))
                    .contains("pid=" + ProcessHandle.current().pid());
            held.store(URI.create("http://localhost:8081"), "job1");
            assertThat(RunFile.running(file))
                    .isEqualTo(new RunFile.Running(
                            ProcessHandle.current().pid(), URI.create("http://localhost:8081"), "job1"));
        }
        assertThat(RunFile.running(file)).as("released").isNull();
    }

    private static Path path(String checkpoints) {
        Configuration flink = new Configuration();
        if (checkpoints != null) {
            flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        }
        return RunFile.path(flink, "p");
    }
}

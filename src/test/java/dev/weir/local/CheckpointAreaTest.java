package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointAreaTest {
    @TempDir
    Path directory;

    @Test
    void saysThatNoStateWasKept() {
        assertThat(state(() -> null))
                .isEqualTo(Finding.ok(
                        "execution.state-recovery.path is not set: a cluster starts without state, and so does"
                                + " the local jar, because it has kept no state"));
    }

    @Test
    void warnsWithTheJobsWordsWhereItWouldRefuseToStartWithoutState() {
        assertThat(state(() -> "weir.kafka.start: refused")).isEqualTo(Finding.warn("weir.kafka.start: refused"));
        assertThat(state(() -> {
                            throw new IllegalStateException("the database is away");
                        })
                        .level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void namesTheStateOfAnEarlierBuild() throws Exception {
        Path checkpoint = Files.createDirectories(directory.resolve("0123456789abcdef0123456789abcdef/chk-7"));
        Files.createFile(checkpoint.resolve("_metadata"));

        Finding state = state(() -> null);

        assertThat(state.level()).isEqualTo(Finding.Level.WARN);
        assertThat(state.text()).contains("the local jar refuses to, because file:" + checkpoint, "--fresh");
    }

    private Finding state(Callable<String> refusal) {
        Configuration flink = new Configuration()
                .set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        directory.toUri().toString());
        Map<String, Finding> findings = new HashMap<>();
        new CheckpointArea(flink, "p", refusal).examine(new Examination(Duration.ofSeconds(20), findings::put));
        return findings.get("state");
    }
}

package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.ConfigurationException;
import dev.weir.failure.NotStartedException;
import dev.weir.local.StateHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartStateTest {
    private static final String JOB = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Configuration configured;
    /** A copy of it, with what was chosen. */
    private Configuration local;

    @BeforeEach
    void configure() {
        configured = new Configuration()
                .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"))
                .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri("savepoints"));
    }

    @Test
    void theFirstRunStartsWithoutState() throws Exception {
        assertThat(choose(false)).isEqualTo(1);
        assertThat(said()).startsWith("Starts without state: ");
        assertThat(local.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).endsWith("checkpoints/p/1");
    }

    /**
     * What an upgrade from a build finds that kept nothing by pipeline. Without state all would be read again, or what
     * came meanwhile left out.
     */
    @Test
    void stateOfAnEarlierBuildIsNamedAndNotPassedOver() throws Exception {
        snapshot("checkpoints/" + JOB + "/chk-7", 2);
        snapshot("savepoints/savepoint-012345-abc", 1);

        assertThatThrownBy(() -> choose(false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "execution.checkpointing.dir: ",
                        "has no state of pipeline p, but ",
                        "-Dexecution.state-recovery.path=" + uri("checkpoints/" + JOB + "/chk-7"),
                        "--fresh");
        assertThat(choose(true)).isEqualTo(1);
        assertThat(said()).startsWith("Starts without state, as --fresh says");
    }

    @Test
    void aSavepointOfACommandIsNamedIfItIsTheYoungest() throws Exception {
        snapshot("checkpoints/" + JOB + "/chk-7", 1);
        snapshot("savepoints/savepoint-012345-abc", 2);

        assertThatThrownBy(() -> choose(false)).hasMessageContaining("path=" + uri("savepoints/savepoint-012345-abc"));
        configured.set(StateRecoveryOptions.SAVEPOINT_PATH, uri("savepoints/savepoint-012345-abc"));
        assertThat(choose(false)).isEqualTo(1);
    }

    /** A job that ended by itself leaves its directory, and another pipeline of the local jar its own. */
    @Test
    void directoriesWithoutAStateOfNoPipelineAreNoReasonToRefuse() throws Exception {
        Files.createDirectories(directory.resolve("checkpoints/" + JOB + "/shared"));
        Files.createDirectories(directory.resolve("checkpoints/" + JOB + "/chk-3")); // killed while it was made
        snapshot("checkpoints/another/1/" + JOB + "/chk-7", 1);
        snapshot("savepoints/another/1/savepoint-1", 1);

        assertThat(choose(false)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void checkpointsOutliveTheProcessWhateverIsSet(ExternalizedCheckpointRetention set) throws Exception {
        configured.set(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION, set);

        choose(false);

        assertThat(local.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(said().contains("is overridden by RETAIN_ON_CANCELLATION"))
                .isEqualTo(set != ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    @Test
    void checkpointsOutliveTheProcessWhereNothingIsSet() throws Exception {
        choose(false);

        assertThat(local.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(said()).doesNotContain("overridden");
    }

    @Test
    void directoriesThatCannotBeListedStopTheStart() {
        configured.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "s3://b/c");

        assertThatThrownBy(() -> choose(false))
                .isInstanceOf(NotStartedException.class)
                .hasMessageStartingWith("execution.checkpointing.dir: s3://b/c/p and file:")
                .hasMessageContaining(" cannot be listed (UnsupportedFileSystemSchemeException ");
    }

    private long choose(boolean fresh) throws NotStartedException {
        said.reset();
        StateHome home = StateHome.of(configured, "p");
        local = new Configuration(configured);
        return new StartState(home, "p", new PrintStream(said, true, StandardCharsets.UTF_8)).choose(local, fresh);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private void snapshot(String path, long millis) throws IOException {
        Path metadata = Files.createDirectories(directory.resolve(path)).resolve("_metadata");
        Files.write(metadata, new byte[] {1});
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis * 1_000));
    }

    private String uri(String name) {
        return "file:" + directory.resolve(name);
    }
}

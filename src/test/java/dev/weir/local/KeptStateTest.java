package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointProperties;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStateTest {
    @TempDir
    Path directory;

    private StateHome home;

    @BeforeEach
    void findHome() {
        Configuration flink = new Configuration()
                .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"))
                .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri("savepoints"));
        home = StateHome.of(flink, "p");
    }

    @Test
    void thereIsNoneBeforeTheFirstRun() throws IOException {
        assertThat(KeptState.newest(home)).isEmpty();
        assertThat(home.nextLife()).isEqualTo(1);
        assertThat(StateHome.of(new Configuration(), "p")).isNull();
    }

    @Test
    void theNewestIsTheOneWithTheGreatestIdWhateverTheClockSays() throws IOException {
        Path first = whole("checkpoints/p/1/joba/chk-9", 9);
        whole("savepoints/p/1/savepoint-1", 12);
        whole("checkpoints/p/1/jobb/chk-11", 11);
        whole("checkpoints/another/1/jobc/chk-99", 99);
        Files.setLastModifiedTime(first.resolve("_metadata"), FileTime.fromMillis(Long.MAX_VALUE / 2_000_000));

        KeptState newest = KeptState.newest(home).orElseThrow();

        assertThat(newest.checkpointId()).isEqualTo(12);
        assertThat(newest.savepoint()).isTrue();
        assertThat(newest.path().toString()).endsWith("savepoints/p/1/savepoint-1");
    }

    /** A start without state counts its checkpoints from 1 again. */
    @Test
    void aYoungerLifeCountsMoreThanAGreaterId() throws IOException {
        whole("checkpoints/p/1/joba/chk-100", 100);
        whole("checkpoints/p/2/jobb/chk-3", 3);

        assertThat(KeptState.newest(home).orElseThrow().checkpointId()).isEqualTo(3);
        assertThat(home.nextLife()).isEqualTo(3);
    }

    @Test
    void aLifeThatKeptNothingIsPassedOver() throws IOException {
        whole("checkpoints/p/1/joba/chk-100", 100);
        Files.createDirectories(directory.resolve("checkpoints/p/2/jobb/shared"));

        assertThat(KeptState.newest(home).orElseThrow().checkpointId()).isEqualTo(100);
    }

    @Test
    void whatIsNotWholeIsPassedOver() throws IOException {
        whole("checkpoints/p/1/joba/chk-4", 4);
        Files.createDirectories(directory.resolve("checkpoints/p/1/joba/chk-5")); // killed while it was made
        Files.write(directories("checkpoints/p/1/joba/chk-6").resolve("_metadata"), new byte[] {1, 2, 3});
        write("checkpoints/p/1/joba/chk-7", 7, directory.resolve("gone"));
        Path whole = whole("checkpoints/p/1/joba/chk-8", 8);
        byte[] bytes = Files.readAllBytes(whole.resolve("_metadata"));
        Files.write(whole.resolve("_metadata"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(KeptState.newest(home).orElseThrow().checkpointId()).isEqualTo(4);
    }

    @Test
    void onlySavepointsThatARunMadeByItselfAreDeletedTheOldestFirst() throws IOException {
        whole("savepoints/p/1/kept/savepoint-a", 3);
        whole("savepoints/p/1/kept/savepoint-b", 7);
        whole("savepoints/p/1/kept/savepoint-c", 5);
        whole("savepoints/p/1/savepoint-asked-for", 1);
        whole("checkpoints/p/1/joba/chk-2", 2);

        KeptState.prune(home, 1, 2);

        assertThat(directory.resolve("savepoints/p/1/kept/savepoint-a")).doesNotExist();
        assertThat(directory.resolve("savepoints/p/1/kept/savepoint-b")).exists();
        assertThat(directory.resolve("savepoints/p/1/kept/savepoint-c")).exists();
        assertThat(directory.resolve("savepoints/p/1/savepoint-asked-for")).exists();
        assertThat(directory.resolve("checkpoints/p/1/joba/chk-2")).exists();
    }

    private Path whole(String path, long id) throws IOException {
        return write(path, id, Files.createFile(directories(path).resolve("state")));
    }

    private Path write(String path, long id, Path file) throws IOException {
        Path snapshot = directories(path);
        OperatorState operator = new OperatorState(null, null, new OperatorID(1, 2), 1, 1);
        operator.putState(
                0,
                OperatorSubtaskState.builder()
                        .setManagedOperatorState(new OperatorStreamStateHandle(
                                Map.of(), new FileStateHandle(new org.apache.flink.core.fs.Path(file.toUri()), 1)))
                        .build());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(snapshot.resolve("_metadata")))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(
                            id,
                            List.of(operator),
                            List.of(),
                            CheckpointProperties.forCheckpoint(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION)),
                    out);
        }
        return snapshot;
    }

    private Path directories(String path) throws IOException {
        return Files.createDirectories(directory.resolve(path));
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }
}

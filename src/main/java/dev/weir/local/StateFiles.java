package dev.weir.local;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/** Reads the metadata of a checkpoint or savepoint. */
public final class StateFiles {
    private static final String METADATA = "_metadata";

    private StateFiles() {}

    static boolean hasMetadata(Path snapshot) throws IOException {
        return snapshot.getFileSystem().exists(new Path(snapshot, METADATA));
    }

    /** Returns when its metadata was written, in epoch milliseconds. The metadata is the last file of a checkpoint. */
    static long time(Path snapshot) throws IOException {
        return snapshot.getFileSystem()
                .getFileStatus(new Path(snapshot, METADATA))
                .getModificationTime();
    }

    /**
     * Returns the checkpoint's id, after a check that it is complete: its metadata can be read, and every file that it
     * names exists.
     *
     * @param snapshot its directory or its metadata file
     * @throws IOException if it is incomplete or damaged; the message names the file
     */
    public static long checkpointId(Path snapshot) throws IOException {
        CheckpointMetadata metadata = metadata(snapshot);
        Set<Path> files = new HashSet<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState subtask : operator.getStates()) {
                states(subtask).forEach(state -> addFiles(state, files));
            }
        }
        for (Path file : files) {
            if (!file.getFileSystem().exists(file)) {
                throw new IOException("it needs " + file + ", which does not exist");
            }
        }
        return metadata.getCheckpointId();
    }

    private static CheckpointMetadata metadata(Path snapshot) throws IOException {
        Path file = snapshot.getName().equals(METADATA) ? snapshot : new Path(snapshot, METADATA);
        try (DataInputStream in = new DataInputStream(file.getFileSystem().open(file))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, StateFiles.class.getClassLoader(), file.getParent().toString());
        } catch (RuntimeException e) {
            // Damaged bytes cause exceptions of many kinds.
            throw new IOException("its metadata is damaged: " + e, e);
        }
    }

    private static Stream<StateObject> states(OperatorSubtaskState subtask) {
        return Stream.of(
                        subtask.getManagedKeyedState(),
                        subtask.getRawKeyedState(),
                        subtask.getManagedOperatorState(),
                        subtask.getRawOperatorState())
                .flatMap(states -> states.stream());
    }

    private static void addFiles(StateObject state, Set<Path> files) {
        if (state instanceof KeyGroupsStateHandle keyed) {
            addFile(keyed.getDelegateStateHandle(), files);
        } else if (state instanceof OperatorStateHandle operator) {
            addFile(operator.getDelegateStateHandle(), files);
        } else if (state instanceof IncrementalRemoteKeyedStateHandle incremental) {
            addFile(incremental.getMetaDataStateHandle(), files);
            incremental.getSharedState().forEach(shared -> addFile(shared.getHandle(), files));
            incremental.getPrivateState().forEach(owned -> addFile(owned.getHandle(), files));
        }
    }

    /** Adds the file of a state handle. Small state is stored in the metadata itself and has no file. */
    private static void addFile(StreamStateHandle handle, Set<Path> files) {
        if (handle instanceof FileStateHandle file) {
            files.add(file.getFilePath());
        }
    }
}

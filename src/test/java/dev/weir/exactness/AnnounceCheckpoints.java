package dev.weir.exactness;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Hands everything on, and puts down a file for every completed checkpoint: for an operator in another task that must not hear of it. */
final class AnnounceCheckpoints<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;

    private final String directory;

    AnnounceCheckpoints(Path directory) {
        this.directory = directory.toString();
    }

    static Path file(String directory, long checkpointId) {
        return Path.of(directory, "completed-" + checkpointId);
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        output.collect(element);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        try {
            Files.createFile(file(directory, checkpointId));
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another subtask was first", e);
        }
    }
}

package dev.weir.generation;

import dev.weir.config.ConfigurationException;
import dev.weir.config.parse.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the state to start from before the job is submitted. Flink would refuse the same state later, and would not
 * say how to cure it.
 */
public final class RestoredState {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredState.class);
    private static final String METADATA = "_metadata";

    /**
     * Checks that the state has the maximum parallelism of the job. Passes if the job starts without state, and if the
     * state cannot be read from here: a client need not reach the cluster's storage, and after a failover of the
     * JobManager the savepoint may be gone.
     *
     * @param flink the job's effective Flink configuration
     * @throws ConfigurationException if it differs, since state is divided into that many key groups
     */
    public static void requireMaxParallelism(ReadableConfig flink, int maxParallelism) {
        String path = flink.get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path == null) {
            return;
        }
        int stored;
        try {
            stored = maxParallelism(new Path(path));
        } catch (IOException | RuntimeException e) {
            LOG.info("{} cannot be read before the start: {}", path, e.toString());
            return;
        }
        if (stored != maxParallelism) {
            throw new ConfigurationException(List.of(new Problem(
                    path,
                    "pipeline.max-parallelism must stay " + stored + " for a start from this state, got "
                            + maxParallelism,
                    "set pipeline.max-parallelism: " + stored
                            + " (every parallelism up to it is possible), or start without state")));
        }
    }

    /** Returns the greatest maximum parallelism of the operators. The books have 1, all others the job's. */
    private static int maxParallelism(Path pointer) throws IOException {
        Path metadata = pointer.getFileSystem().getFileStatus(pointer).isDir() ? new Path(pointer, METADATA) : pointer;
        try (DataInputStream in = new DataInputStream(metadata.getFileSystem().open(metadata))) {
            return Checkpoints.loadCheckpointMetadata(in, RestoredState.class.getClassLoader(), pointer.toString())
                    .getOperatorStates()
                    .stream()
                    .mapToInt(OperatorState::getMaxParallelism)
                    .max()
                    .orElseThrow(() -> new IOException("no operator has state in " + pointer));
        }
    }

    private RestoredState() {}
}

package dev.weir.doctor;

import dev.weir.local.StateFiles;
import java.io.IOException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;

/** Where checkpoints and savepoints go. */
public final class CheckpointArea implements Area {
    private final Configuration flink;

    public CheckpointArea(Configuration flink) {
        this.flink = flink;
    }

    @Override
    public void examine(Examination examination) {
        examination.check("checkpoints", () -> writable(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
        examination.check("savepoints", () -> writable(CheckpointingOptions.SAVEPOINT_DIRECTORY));
        examination.check("state", this::state);
    }

    /** That a named state is there and whole, and of the job's maximal parallelism. */
    private Finding state() {
        String path = flink.get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path == null) {
            return Finding.ok(
                    "execution.state-recovery.path is not set: a cluster starts without state, the local jar from"
                            + " the newest that it kept");
        }
        try {
            long id = StateFiles.checkpointId(new Path(path));
            return Finding.ok("execution.state-recovery.path: " + path + " is whole (checkpoint " + id
                    + "); it is used at each start, so take it out again when the job runs");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail("execution.state-recovery.path: " + path + " cannot be started from (" + e.getMessage()
                    + "); name another checkpoint or savepoint, or remove the option");
        }
    }

    private Finding writable(ConfigOption<String> option) {
        String path = flink.get(option);
        if (path == null || path.isBlank()) {
            return option.equals(CheckpointingOptions.SAVEPOINT_DIRECTORY)
                    ? Finding.ok(option.key() + " is not set: whoever asks for a savepoint names its place")
                    : Finding.warn(option.key() + " is not set: checkpoints end with the JobManager's process, and with"
                            + " them what a restart goes on from; set it to storage that every machine reaches");
        }
        try {
            Directory.requireWritable(new Path(path));
            return Finding.ok(path + " can be written");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail(option.key() + ": " + path + " cannot be written (" + e.getMessage()
                    + "); let the user that Flink runs as write there, or name another place");
        }
    }
}

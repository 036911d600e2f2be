package dev.weir.local;

import dev.weir.doctor.Area;
import dev.weir.doctor.Directory;
import dev.weir.doctor.Examination;
import dev.weir.doctor.Finding;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;

/** Examines the directories of checkpoints and savepoints, and the state to start from. */
public final class CheckpointArea implements Area {
    private final Configuration flink;
    private final String pipeline;
    private final Callable<String> refusal;

    /**
     * Creates the area.
     *
     * @param refusal returns the message with which the job refuses a start without state; null if it does not refuse
     */
    public CheckpointArea(Configuration flink, String pipeline, Callable<String> refusal) {
        this.flink = flink;
        this.pipeline = pipeline;
        this.refusal = refusal;
    }

    @Override
    public void examine(Examination examination) {
        examination.check("checkpoints", () -> writable(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
        examination.check("savepoints", () -> writable(CheckpointingOptions.SAVEPOINT_DIRECTORY));
        examination.check("state", this::state);
    }

    /** Checks that the configured state exists and is complete. */
    private Finding state() {
        String path = flink.get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path == null) {
            return kept();
        }
        try {
            long id = StateFiles.checkpointId(new Path(path));
            return Finding.ok("execution.state-recovery.path: " + path + " is complete (checkpoint " + id
                    + "); it is used at each start, so remove it again once the job runs");
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail("execution.state-recovery.path: " + path + " cannot be started from (" + e.getMessage()
                    + "); name another checkpoint or savepoint, or remove the option");
        }
    }

    /** Says which state the local jar would start from when none is configured. */
    private Finding kept() {
        String start = "execution.state-recovery.path is not set: a cluster starts without state, ";
        StateHome home = StateHome.of(flink, pipeline);
        try {
            Optional<Path> newest =
                    home == null ? Optional.empty() : KeptState.newest(home).map(KeptState::path);
            if (newest.isPresent()) {
                return Finding.ok(start + "the local jar starts from " + newest.get());
            }
            Optional<Path> ofNoPipeline = home == null ? Optional.empty() : KeptState.youngestOfNoPipeline(home);
            if (ofNoPipeline.isPresent()) {
                return Finding.warn(start + "the local jar refuses to, because " + ofNoPipeline.get()
                        + " was left by an earlier build or a cluster; name it with execution.state-recovery.path if it is this"
                        + " pipeline's, or start with --fresh");
            }
        } catch (IOException | IllegalArgumentException e) {
            return Finding.fail("execution.checkpointing.dir: " + home.description() + " cannot be listed ("
                    + e.getMessage() + "); let the user that runs this read there, or name another place");
        }
        String refused = refusal();
        return refused == null
                ? Finding.ok(start + "and so does the local jar, because it has kept no state")
                : Finding.warn(refused);
    }

    private String refusal() {
        try {
            return refusal.call();
        } catch (Exception e) {
            // The database's own checks report its error.
            return null;
        }
    }

    private Finding writable(ConfigOption<String> option) {
        String path = flink.get(option);
        if (path == null || path.isBlank()) {
            return option.equals(CheckpointingOptions.SAVEPOINT_DIRECTORY)
                    ? Finding.ok(option.key() + " is not set: each request for a savepoint must name a directory")
                    : Finding.warn(option.key() + " is not set: checkpoints are lost with the JobManager's process, and"
                            + " a restart then has no state; set it to storage that every machine reaches");
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

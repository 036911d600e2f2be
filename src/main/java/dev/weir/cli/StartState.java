package dev.weir.cli;

import dev.weir.config.ConfigurationException;
import dev.weir.config.parse.Problem;
import dev.weir.failure.NotStartedException;
import dev.weir.local.KeptState;
import dev.weir.local.StateHome;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.Path;

/** Chooses the state from which a run of the local jar starts, and ensures that the next run finds this run's state. */
final class StartState {
    private final StateHome home;
    private final String pipeline;
    private final PrintStream out;

    StartState(StateHome home, String pipeline, PrintStream out) {
        this.home = home;
        this.pipeline = pipeline;
        this.out = out;
    }

    /**
     * Sets the options for the state that this run starts from and for the state that it keeps, prints the choice, and
     * returns the life ({@link StateHome}).
     *
     * @throws ConfigurationException if the user has to choose
     * @throws NotStartedException if the directories cannot be listed
     */
    long choose(Configuration local, boolean fresh) throws NotStartedException {
        String named = local.get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (named != null && fresh) {
            throw new ConfigurationException(List.of(new Problem(
                    "--fresh", "and execution.state-recovery.path are both set", "leave one of the two out")));
        }
        long life;
        try {
            life = chooseLife(local, named, fresh);
        } catch (IOException e) {
            throw unreachable(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(), home.description() + " cannot be listed", e);
        }
        local.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                home.checkpoints(life).toString());
        local.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY, home.savepoints(life).toString());
        retain(local);
        return life;
    }

    private long chooseLife(Configuration local, String named, boolean fresh) throws IOException {
        if (named != null) {
            out.println("Goes on from " + named + ", as execution.state-recovery.path says");
        } else if (fresh) {
            out.println("Starts without state, as --fresh says");
        } else {
            Optional<KeptState> newest = KeptState.newest(home);
            if (newest.isPresent()) {
                goOnFrom(newest.get(), local);
                return newest.get().life();
            }
            Optional<Path> ofNoPipeline = KeptState.youngestOfNoPipeline(home);
            if (ofNoPipeline.isPresent()) {
                throw new ConfigurationException(List.of(ofNoPipeline(ofNoPipeline.get())));
            }
            out.println("Starts without state: " + home.description() + " has none of pipeline " + pipeline);
        }
        return home.nextLife();
    }

    private void goOnFrom(KeptState state, Configuration local) {
        out.println("Goes on from " + state.path() + ", the newest state of the pipeline (--fresh starts without it)");
        local.set(StateRecoveryOptions.SAVEPOINT_PATH, state.path().toString());
        if (!state.savepoint() && !local.contains(StateRecoveryOptions.RESTORE_MODE)) {
            // Otherwise the checkpoints of each killed process would stay for ever.
            local.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
    }

    private Problem ofNoPipeline(Path youngest) {
        return new Problem(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                home.description() + " has no state of pipeline " + pipeline
                        + ", but checkpoints or savepoints that an earlier build or a cluster left there, the youngest of them "
                        + youngest,
                "if they are this pipeline's, start once with -Dexecution.state-recovery.path=" + youngest
                        + " (or with the one that is meant); if they are another's, start once with --fresh, or name another"
                        + " directory for this pipeline");
    }

    /**
     * Makes Flink keep the checkpoints of a run that fails or is cancelled, because the next run starts from one of
     * them.
     */
    private void retain(Configuration local) {
        ExternalizedCheckpointRetention retain = ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
        local.getOptional(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
                .filter(set -> set != retain)
                .ifPresent(set -> out.println(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION.key() + ": " + set
                        + " is overridden by " + retain + ", because the next run starts from these checkpoints"));
        local.set(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION, retain);
    }

    /** Returns the error for a directory that an option of the user names. */
    static NotStartedException unreachable(String option, String what, IOException e) {
        String message = option + ": " + what + " (" + e.getClass().getSimpleName() + " " + e.getMessage()
                + "); let the user that runs this write there, or name another place";
        return new NotStartedException(new IllegalStateException(message, e));
    }
}

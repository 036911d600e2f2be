package dev.weir.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes a checkpoint or savepoint from which the next run can start.
 *
 * @param life see {@link StateHome}
 * @param savepoint true for a savepoint, which Flink never deletes; false for a checkpoint, which Flink deletes after
 *     newer ones
 */
public record KeptState(Path path, long life, long checkpointId, boolean savepoint) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);

    /**
     * Returns the newest complete state: the one with the greatest id in the youngest life that has any. Logs damaged
     * ones and skips them.
     *
     * @throws IOException if the directories cannot be listed
     */
    public static Optional<KeptState> newest(StateHome home) throws IOException {
        for (long life : home.lives()) {
            List<KeptState> complete = complete(home, life);
            if (!complete.isEmpty()) {
                return Optional.of(complete.get(0));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the youngest checkpoint or savepoint that a cluster or an earlier build of Weir left in the directories,
     * of any pipeline. Only file times can order them, because ids of different jobs cannot be compared. That is good
     * enough for a proposal, but not for starting from it without being asked.
     *
     * @throws IOException if the directories cannot be listed
     */
    public static Optional<Path> youngestOfNoPipeline(StateHome home) throws IOException {
        Path youngest = null;
        long youngestTime = Long.MIN_VALUE;
        for (Path path : home.snapshotsOfNoPipeline()) {
            if (StateFiles.hasMetadata(path) && StateFiles.time(path) > youngestTime) {
                youngest = path;
                youngestTime = StateFiles.time(path);
            }
        }
        return Optional.ofNullable(youngest);
    }

    /** Returns the complete checkpoints and savepoints of a life, the newest first. */
    private static List<KeptState> complete(StateHome home, long life) throws IOException {
        List<KeptState> complete = new ArrayList<>();
        for (Path path : home.snapshots(life)) {
            if (!StateFiles.hasMetadata(path)) {
                continue; // The process ended while it wrote this one.
            }
            try {
                long id = StateFiles.checkpointId(path);
                complete.add(new KeptState(path, life, id, path.getName().startsWith("savepoint-")));
            } catch (IOException e) {
                LOG.warn("{} is skipped: {}", path, e.getMessage());
            }
        }
        complete.sort(Comparator.comparingLong(KeptState::checkpointId).reversed());
        return complete;
    }

    /**
     * Deletes the oldest savepoints that runs of the life made when they ended.
     *
     * @param left how many remain; at least 1 always does
     */
    public static void prune(StateHome home, long life, int left) throws IOException {
        List<KeptState> kept = complete(home, life).stream()
                .filter(state -> state.path().getParent().getName().equals(StateHome.KEPT))
                .toList();
        for (KeptState old : kept.subList(Math.min(Math.max(1, left), kept.size()), kept.size())) {
            old.path().getFileSystem().delete(old.path(), true);
        }
    }
}

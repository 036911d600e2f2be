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
 * A checkpoint or savepoint from which the next run can go on.
 *
 * @param life see {@link StateHome}
 * @param savepoint whether it is one: a checkpoint is Flink's to delete when newer ones have taken its place, a savepoint is not
 */
public record KeptState(Path path, long life, long checkpointId, boolean savepoint) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);

    /**
     * The newest whole one: of the youngest life that has any, the one with the greatest id. What is damaged or incomplete is logged and passed over.
     *
     * @throws IOException if the directories cannot be listed
     */
    public static Optional<KeptState> newest(StateHome home) throws IOException {
        for (long life : home.lives()) {
            List<KeptState> whole = whole(home, life);
            if (!whole.isEmpty()) {
                return Optional.of(whole.get(0));
            }
        }
        return Optional.empty();
    }

    /**
     * The youngest checkpoint or savepoint that a cluster or an earlier build of Weir left in the directories, of this pipeline or another. Only the
     * files' time can tell, since ids of different jobs cannot be compared: it is good enough for a proposal, and not to go on from it unasked.
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

    /** Those of a life, the newest first. */
    private static List<KeptState> whole(StateHome home, long life) throws IOException {
        List<KeptState> whole = new ArrayList<>();
        for (Path path : home.snapshots(life)) {
            if (!StateFiles.hasMetadata(path)) {
                continue; // the process ended while it was made
            }
            try {
                long id = StateFiles.checkpointId(path);
                whole.add(new KeptState(path, life, id, path.getName().startsWith("savepoint-")));
            } catch (IOException e) {
                LOG.warn("{} is passed over: {}", path, e.getMessage());
            }
        }
        whole.sort(Comparator.comparingLong(KeptState::checkpointId).reversed());
        return whole;
    }

    /** Deletes the oldest savepoints that runs of the life made as they ended, so that so many are left. */
    public static void prune(StateHome home, long life, int left) throws IOException {
        List<KeptState> kept = whole(home, life).stream()
                .filter(state -> state.path().getParent().getName().equals(StateHome.KEPT))
                .toList();
        for (KeptState old : kept.subList(Math.min(Math.max(1, left), kept.size()), kept.size())) {
            old.path().getFileSystem().delete(old.path(), true);
        }
    }
}

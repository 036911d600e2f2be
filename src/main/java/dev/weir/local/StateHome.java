package dev.weir.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Names the directories in which the local jar keeps the state of one pipeline:
 *
 * <pre>
 *     execution.checkpointing.dir / pipeline / life / job / chk-n
 *     execution.checkpointing.savepoint-dir / pipeline / life / savepoint-…         kept until somebody deletes it
 *     execution.checkpointing.savepoint-dir / pipeline / life / kept / savepoint-…  made at the end of a run; the oldest are deleted
 * </pre>
 *
 * <p>Within a life each run starts from the state of the run before. So checkpoint ids only grow, and the greatest id is the
 * newest, whatever the clock says. A start without state, or from a state that was named, begins a new life.
 */
public final class StateHome {
    static final String KEPT = "kept";
    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{32}");

    private final Path checkpointsOfAll;
    private final Path savepointsOfAll;
    private final Path checkpoints;
    private final Path savepoints;

    private StateHome(Path checkpointsOfAll, Path savepointsOfAll, String pipeline) {
        this.checkpointsOfAll = checkpointsOfAll;
        this.savepointsOfAll = savepointsOfAll;
        checkpoints = new Path(checkpointsOfAll, pipeline);
        savepoints = new Path(savepointsOfAll, pipeline);
    }

    /**
     * Returns the pipeline's directories; null if there is no directory for checkpoints, so that no state outlives the
     * process.
     */
    public static StateHome of(Configuration flink, String pipeline) {
        String checkpoints = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (checkpoints == null || checkpoints.isBlank()) {
            return null;
        }
        String savepoints = flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        return new StateHome(
                new Path(checkpoints),
                new Path(savepoints == null || savepoints.isBlank() ? checkpoints : savepoints),
                pipeline);
    }

    /** Returns the directories as a text for a person. */
    public String description() {
        return checkpoints.equals(savepoints) ? checkpoints.toString() : checkpoints + " and " + savepoints;
    }

    /** Returns the existing lives, the youngest first. */
    List<Long> lives() throws IOException {
        TreeSet<Long> lives = new TreeSet<>();
        for (Path root : List.of(checkpoints, savepoints)) {
            for (Path life : directories(root)) {
                if (life.getName().matches("[0-9]{1,18}")) {
                    lives.add(Long.parseLong(life.getName()));
                }
            }
        }
        return new ArrayList<>(lives.descendingSet());
    }

    /** Returns the number of a new life, after all that exist. */
    public long nextLife() throws IOException {
        List<Long> lives = lives();
        return lives.isEmpty() ? 1 : lives.get(0) + 1;
    }

    /** Returns every checkpoint and savepoint of a life, complete or not. */
    List<Path> snapshots(long life) throws IOException {
        List<Path> snapshots = new ArrayList<>();
        for (Path root : new LinkedHashSet<>(List.of(checkpoints(life), savepoints(life)))) {
            for (Path child : directories(root)) {
                if (isSnapshot(child)) {
                    snapshots.add(child);
                    continue;
                }
                directories(child).stream().filter(StateHome::isSnapshot).forEach(snapshots::add);
            }
        }
        return snapshots;
    }

    /**
     * Returns every checkpoint and savepoint that a cluster or an earlier build of Weir put into the directories:
     * {@code job / chk-n} and {@code savepoint-…}. Nothing says which pipeline they belong to.
     */
    List<Path> snapshotsOfNoPipeline() throws IOException {
        List<Path> snapshots = new ArrayList<>();
        for (Path root : new LinkedHashSet<>(List.of(checkpointsOfAll, savepointsOfAll))) {
            for (Path child : directories(root)) {
                if (isSnapshot(child)) {
                    snapshots.add(child);
                } else if (JOB_ID.matcher(child.getName()).matches()) {
                    directories(child).stream().filter(StateHome::isSnapshot).forEach(snapshots::add);
                }
            }
        }
        return snapshots;
    }

    private static boolean isSnapshot(Path path) {
        return path.getName().startsWith("chk-") || path.getName().startsWith("savepoint-");
    }

    /** Returns the directory for the checkpoints of a life. */
    public Path checkpoints(long life) {
        return new Path(checkpoints, String.valueOf(life));
    }

    /** Returns the directory for the savepoints of a life that somebody asked for. */
    public Path savepoints(long life) {
        return new Path(savepoints, String.valueOf(life));
    }

    /** Returns the directory for the savepoints that a run makes by itself when it ends. */
    public Path kept(long life) {
        return new Path(savepoints(life), KEPT);
    }

    private static List<Path> directories(Path path) throws IOException {
        FileSystem files = path.getFileSystem();
        if (!files.exists(path)) {
            return List.of();
        }
        FileStatus[] children = files.listStatus(path);
        if (children == null) {
            if (files.exists(path)) {
                // Flink's local file system gives no reason. Do not take the directory for empty: the run would start
                // without state.
                throw new IOException(path + " may not be read");
            }
            return List.of();
        }
        List<Path> directories = new ArrayList<>();
        for (FileStatus child : children) {
            if (child.isDir()) {
                directories.add(child.getPath());
            }
        }
        return directories;
    }
}

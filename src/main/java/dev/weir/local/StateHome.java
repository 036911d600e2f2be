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
 * Where the local jar keeps the state of one pipeline:
 *
 * <pre>
 *   execution.checkpointing.dir / pipeline / life / job / chk-n
 *   execution.checkpointing.savepoint-dir / pipeline / life / savepoint-…        who asks for one keeps it
 *   execution.checkpointing.savepoint-dir / pipeline / life / kept / savepoint-… of a run that ended or was told to; the oldest are deleted
 * </pre>
 *
 * <p>Within a life each run goes on from the one before, so checkpoint ids only grow, and the greatest is the newest, whatever the clock says. A start
 * without state, or from a state that was named, begins a new life.
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

    /** Of the pipeline; null where checkpoints have no directory, so that nothing outlives the process. */
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

    /** The parts of it, as a person is told. */
    public String description() {
        return checkpoints.equals(savepoints) ? checkpoints.toString() : checkpoints + " and " + savepoints;
    }

    /** The lives that there are, the youngest first. */
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

    /** The life after all that there are. */
    public long nextLife() throws IOException {
        List<Long> lives = lives();
        return lives.isEmpty() ? 1 : lives.get(0) + 1;
    }

    /** Every checkpoint and savepoint of a life, whole or not. */
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
     * Every checkpoint and savepoint that is in the directories as a cluster and earlier builds of Weir put them there: {@code job / chk-n} and
     * {@code savepoint-…}. They do not say of which pipeline they are.
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

    /** Where checkpoints of a life go. */
    public Path checkpoints(long life) {
        return new Path(checkpoints, String.valueOf(life));
    }

    /** Where savepoints of a life go that somebody asks for. */
    public Path savepoints(long life) {
        return new Path(savepoints, String.valueOf(life));
    }

    /** Where savepoints go that a run makes by itself as it ends. */
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
                // Flink's local file system says no more. Taken for empty, it would start the run without state.
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

package dev.weir.sink.lake;

import dev.weir.failure.RefusedException;
import dev.weir.generation.Fence;
import dev.weir.generation.Position;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Stores the fence of a pipeline in its lake: the greatest (generation, checkpoint id) that is known to be committed,
 * as one line of the file {@code <lake>/_weir/<pipeline>/fence}. A start from older state would write committed files
 * again, so it is refused ({@code Admission} in {@link dev.weir.generation}).
 *
 * <p>The idea is to write a second file, {@code .fence.tmp}, and then to rename it onto the first. Invariant: once a
 * fence was raised, at least one of the two files is complete and holds it or a greater one. The second file is written
 * while the first holds the last fence. Some file systems cannot rename onto a file; there the first is deleted once
 * the second is complete. A process that dies between the deletion and the rename leaves only the second file, so its
 * successor renames that one before it writes another. So any number of deaths between any two steps loses nothing.
 *
 * <p>A reader takes the first file, and takes the second only if there is no first. It can miss both, when the rename
 * happens between its two looks. It then looks again, up to three times. An incomplete second file without a first is
 * the rest of the very first write, before which there was no fence.
 *
 * <p>The invariant needs a single writer: {@link #raise} is called by the books, whose operator has parallelism 1. The
 * cost is one small write and one rename for each completed checkpoint. This is the usual atomic replacement of a file,
 * without relying on an atomic rename, which an object store does not have.
 */
public final class LakeFence implements Fence {
    private static final long serialVersionUID = 1L;

    /**
     * Attempts to find the fence. A reader that misses both files finds the first at its next attempt, unless the fence
     * was replaced once more.
     */
    private static final int LOOKS = 3;

    private final Path lake;
    private final Path file;

    public LakeFence(String lakePath, String pipeline) {
        lake = new Path(lakePath);
        file = new Path(lake, "_weir/" + pipeline + "/fence");
    }

    @Override
    public String place() throws IOException {
        try {
            return lake.makeQualified(lake.getFileSystem()).toString();
        } catch (UnsupportedFileSystemSchemeException e) {
            throw new RefusedException(
                    "weir.lake.path is on a file system that this Flink does not have: " + e.getMessage()
                            + ". Put its plugin into Flink's plugins directory, or correct the path",
                    e);
        }
    }

    /**
     * Returns the greatest position that was raised, or {@link Position#NONE} if none was.
     *
     * @throws IOException if the lake cannot be read, or the file does not hold a position
     */
    @Override
    public Position read() throws IOException {
        return read(file.getFileSystem());
    }

    Position read(FileSystem files) throws IOException {
        // One of the two files always exists, but another job may rename it between the two looks.
        for (int look = 0; look < LOOKS; look++) {
            Position position = readIfThere(files, file);
            if (position == null) {
                position = readReplacement(files);
            }
            if (position != null) {
                return position;
            }
        }
        return Position.NONE;
    }

    /**
     * Returns the position of the replacement. It is the only file between the deletion and the rename. Returns null if
     * it does not exist or is incomplete: it is then the remains of the first write ever.
     */
    private Position readReplacement(FileSystem files) throws IOException {
        try {
            return readIfThere(files, replacement());
        } catch (DamagedFenceException e) {
            return null;
        }
    }

    /** Returns the position in the file, or null if the file does not exist. */
    private static Position readIfThere(FileSystem files, Path present) throws IOException {
        if (!files.exists(present)) {
            return null;
        }
        try (FSDataInputStream in = files.open(present)) {
            String[] words = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            return new Position(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        } catch (FileNotFoundException e) {
            return null;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new DamagedFenceException(
                    present
                            + " does not hold a generation and a checkpoint id; restore it, or remove it if the lake is empty",
                    e);
        }
    }

    /**
     * Raises the fence to the position, unless it is there or beyond. To be called from one process at a time.
     *
     * @throws IOException if the lake cannot be written; the fence is then the old one or the new one
     */
    @Override
    public void raise(Position position) throws IOException {
        if (read().compareTo(position) >= 0) {
            return;
        }
        raise(position, file.getFileSystem());
    }

    void raise(Position position, FileSystem files) throws IOException {
        if (!files.exists(file) && readReplacement(files) != null && !files.rename(replacement(), file)) {
            throw new IOException(replacement() + " cannot be renamed; is weir.lake.path still writable?");
        }
        try (FSDataOutputStream out = files.create(replacement(), WriteMode.OVERWRITE)) {
            out.write((position.generation() + " " + position.checkpointId() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!isReplaced(files) && !(files.delete(file, false) && files.rename(replacement(), file))) {
            throw new IOException(file + " cannot be replaced; is weir.lake.path still writable?");
        }
    }

    /**
     * Renames the replacement onto the file, and returns whether that worked. Some file systems refuse it with false,
     * S3 with an exception. Any other cause of the exception fails the next step as well.
     */
    private boolean isReplaced(FileSystem files) throws IOException {
        try {
            return files.rename(replacement(), file);
        } catch (IOException e) {
            // The error may have come after the move. The fence is then in place, and the replacement is gone.
            return !files.exists(replacement());
        }
    }

    private Path replacement() {
        return new Path(file.getParent(), ".fence.tmp");
    }

    private static final class DamagedFenceException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedFenceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

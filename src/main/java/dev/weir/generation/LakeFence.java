package dev.weir.generation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** The fence as the lake knows it: the file {@code <lake>/_weir/<pipeline>/fence}, one line, {@code <generation> <checkpoint id>}. */
public final class LakeFence {
    /** Who misses the file, then its replacement, finds the file at the next look, unless it is replaced yet again. */
    private static final int LOOKS = 3;

    private final Path file;

    public LakeFence(String lakePath, String pipeline) {
        file = new Path(new Path(lakePath), "_weir/" + pipeline + "/fence");
    }

    /** The greatest position that was raised, or {@link Position#NONE}. */
    public Position read() throws IOException {
        return read(file.getFileSystem());
    }

    Position read(FileSystem files) throws IOException {
        // One of the two is always there, but not at each moment the one that is looked for: another job may be
        // replacing it.
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

    /** Between the two steps of replacing it only the new one is there. One that is cut short is the first that was ever written. */
    private Position readReplacement(FileSystem files) throws IOException {
        try {
            return readIfThere(files, replacement());
        } catch (DamagedFenceException e) {
            return null;
        }
    }

    /** Null if it is not. */
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

    /** The file holds at least that position. To be called from one process at a time. */
    public void raise(Position position) throws IOException {
        if (read().compareTo(position) >= 0) {
            return;
        }
        FileSystem files = file.getFileSystem();
        try (FSDataOutputStream out = files.create(replacement(), WriteMode.OVERWRITE)) {
            out.write((position.generation() + " " + position.checkpointId() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (!isReplaced(files) && !(files.delete(file, false) && files.rename(replacement(), file))) {
            throw new IOException(file + " cannot be replaced; is weir.lake.path still writable?");
        }
    }

    /** Not every file system renames onto a file: some say so with false, S3 with an exception. What else it may be, the next step meets too. */
    private boolean isReplaced(FileSystem files) throws IOException {
        try {
            return files.rename(replacement(), file);
        } catch (IOException e) {
            // It may have failed behind the move: then the only copy is where it should be.
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

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
    private final Path file;

    public LakeFence(String lakePath, String pipeline) {
        file = new Path(new Path(lakePath), "_weir/" + pipeline + "/fence");
    }

    /** The greatest position that was raised, or {@link Position#NONE}. */
    public Position read() throws IOException {
        FileSystem files = file.getFileSystem();
        if (files.exists(file)) {
            return read(files, file);
        }
        if (!files.exists(replacement())) {
            return Position.NONE;
        }
        // Between the two steps of replacing it only the new one is there. One that is cut short is the first that was
        // ever written.
        try {
            return read(files, replacement());
        } catch (DamagedFenceException e) {
            return Position.NONE;
        }
    }

    private static Position read(FileSystem files, Path present) throws IOException {
        try (FSDataInputStream in = files.open(present)) {
            String[] words = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            return new Position(Integer.parseInt(words[0]), Long.parseLong(words[1]));
        } catch (FileNotFoundException e) {
            return Position.NONE;
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

package dev.weir.files;

import dev.weir.files.Allowed.RefusedFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Lists the files below a directory of any of Flink's file systems, as far as an input may read them. Opens none.
 *
 * <p>Symbolic links to directories are not followed: a link may lead back to where it is.
 */
public final class FileListing {
    private final Allowed allowed;

    /** @param allow prefixes of the input */
    public FileListing(List<String> allow) {
        allowed = new Allowed(allow);
    }

    /**
     * A file that was found.
     *
     * @param uri normalized
     * @param size bytes as stored
     * @param modifiedMillis epoch milliseconds UTC by the storage's clock
     */
    public record Listed(String uri, long size, long modifiedMillis) {}

    /**
     * Lists all files below a directory, or the one file.
     *
     * @param found gets each file that may be read, in no order
     * @param refused gets the URI of each file that may not be read, such as one behind a symbolic link
     * @throws IllegalArgumentException if the place itself may not be read; the message says why
     * @throws FileNotFoundException if there is no such place
     */
    public void list(String place, Consumer<Listed> found, Consumer<String> refused) throws IOException {
        String root;
        try {
            root = allowed.check(place);
        } catch (RefusedFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        Path path = FileUri.flinkPath(root);
        FileSystem files = FileSystem.get(path.toUri());
        FileStatus status = files.getFileStatus(path);
        if (!status.isDir()) {
            file(root, status, found, refused);
            return;
        }
        Deque<String> directories = new ArrayDeque<>(List.of(root));
        while (!directories.isEmpty()) {
            String directory = directories.pop();
            FileStatus[] below = files.listStatus(FileUri.flinkPath(directory));
            // A directory that was removed meanwhile has no files.
            for (FileStatus entry : below == null ? new FileStatus[0] : below) {
                // The status may have the scheme of the library behind the file system, such as s3a.
                String uri = directory + '/' + entry.getPath().getName();
                if (!entry.isDir()) {
                    file(uri, entry, found, refused);
                } else if (!isLink(uri)) {
                    directories.push(uri);
                }
            }
        }
    }

    private void file(String uri, FileStatus status, Consumer<Listed> found, Consumer<String> refused)
            throws IOException {
        try {
            String normalized = allowed.check(uri);
            allowed.resolve(normalized);
            found.accept(new Listed(normalized, status.getLen(), status.getModificationTime()));
        } catch (RefusedFileException e) {
            refused.accept(uri);
        }
    }

    private static boolean isLink(String uri) {
        return FileUri.isLocal(uri)
                && Files.isSymbolicLink(
                        java.nio.file.Path.of(FileUri.flinkPath(uri).toUri().getPath()));
    }
}

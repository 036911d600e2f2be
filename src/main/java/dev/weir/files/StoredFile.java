package dev.weir.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** One file in its storage, as it was when it was found. Whatever goes wrong with the storage is a {@link StorageException}. */
final class StoredFile {
    private final Outside outside;
    private final Path path;
    final long size;
    final long modifiedMillis;

    private StoredFile(Outside outside, Path path, FileStatus status) {
        this.outside = outside;
        this.path = path;
        this.size = status.getLen();
        this.modifiedMillis = status.getModificationTime();
    }

    /**
     * Finds a file.
     *
     * @throws UnreadableFileException if it is a directory
     */
    static StoredFile find(Outside outside, Path path) throws StorageException, UnreadableFileException {
        FileStatus status = status(outside, path);
        if (status.isDir()) {
            throw new UnreadableFileException("it is a directory");
        }
        return new StoredFile(outside, path, status);
    }

    private static FileStatus status(Outside outside, Path path) throws StorageException {
        try {
            return outside.fileSystem(path).getFileStatus(path);
        } catch (IOException | RuntimeException e) {
            throw new StorageException(e);
        }
    }

    /** Opens the file at a position. */
    FSDataInputStream open(long position) throws StorageException {
        FSDataInputStream in = null;
        try {
            FileSystem system = outside.fileSystem(path);
            in = system.open(path);
            if (position > 0) {
                in.seek(position);
            }
            return in;
        } catch (FileNotFoundException e) {
            closeQuietly(in);
            status(outside, path);
            // It is there. Java has this exception for any reason why a local file cannot be opened, such as too many
            // open files.
            throw new StorageException("is there and cannot be opened: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            closeQuietly(in);
            throw new StorageException(e);
        }
    }

    /** Throws an exception if the file is another one by now. */
    void checkUnchanged() throws StorageException, UnreadableFileException {
        FileStatus now = status(outside, path);
        if (now.getLen() != size || now.getModificationTime() != modifiedMillis) {
            throw new UnreadableFileException("it was overwritten while it was read");
        }
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // What has been read of a file counts, whatever its connection says at the end.
        }
    }
}

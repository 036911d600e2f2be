package dev.weir.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** The storage did not answer as it should. Told apart from what is wrong with a file's bytes. */
final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

    /** How it is said that a path leads through a file, has too long a name, or goes round in links. There is no class for these. */
    private static final List<String> NO_SUCH_NAMES =
            List.of("Not a directory", "File name too long", "Too many levels of symbolic links");

    StorageException(String message) {
        super(message);
    }

    StorageException(Exception cause) {
        super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }

    /** Returns the failure of the storage that another exception wraps; null for none. */
    static StorageException in(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof StorageException storage) {
                return storage;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Returns whether the file is not there, or cannot be, because there are no such names. Everything else may pass. */
    boolean isMissing() {
        return getCause() instanceof FileNotFoundException
                || getCause() instanceof NoSuchFileException
                || getCause() instanceof FileSystemException local
                        && local.getReason() != null
                        && NO_SUCH_NAMES.stream().anyMatch(local.getReason()::startsWith);
    }
}

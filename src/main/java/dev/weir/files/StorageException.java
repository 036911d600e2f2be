package dev.weir.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The storage did not answer as it should. Told apart from what is wrong with a file's bytes. */
final class StorageException extends IOException {
    private static final long serialVersionUID = 1L;

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

    /** Returns whether the file is not there. Everything else may pass. */
    boolean isMissing() {
        return getCause() instanceof FileNotFoundException || getCause() instanceof NoSuchFileException;
    }
}

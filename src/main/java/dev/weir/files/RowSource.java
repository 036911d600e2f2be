package dev.weir.files;

import dev.weir.core.model.FileHead;
import java.io.IOException;

/** The rows of one open file, in order. The same file has the same rows each time. Not thread-safe. */
interface RowSource extends AutoCloseable {

    /** Returns what the file says of all its rows. */
    FileHead head();

    /**
     * Returns the next row, or null at the end. Of a row that is longer than an event may be, it returns the beginning, one byte longer
     * than that, and skips the rest.
     *
     * @throws StorageException if the storage fails
     * @throws IOException if the file is damaged
     */
    byte[] next() throws IOException;

    @Override
    void close();
}

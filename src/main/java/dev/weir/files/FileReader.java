package dev.weir.files;

import dev.weir.core.catalog.Input;

/**
 * Opens announced files and reads their rows ahead of the consumer. One for each split reader; it owns its threads. Its methods and
 * those of its handles belong to the consumer's thread, and none of them blocks.
 *
 * <p>Memory: rows that wait for the consumer take {@link #BUFFERED_BYTES} at most for all handles together, and one chunk for each handle
 * that the consumer polls.
 */
public final class FileReader implements AutoCloseable {
    /** Bytes of rows that are read ahead, the objects around them included. */
    public static final long BUFFERED_BYTES = 64L << 20;

    /**
     * Creates the reader.
     *
     * @param whenReady called from the reader's threads when a handle whose {@link Handle#poll} returned null, or whose {@link
     *     Handle#stamp} did, has something now. Must return at once
     */
    public FileReader(Runnable whenReady) {}

    /**
     * Begins to read a file. Files that were opened earlier are served first.
     *
     * @param input an input with {@code files}
     * @param file a file of the input's announcement. If it is not {@code created}, nothing is opened and the end is {@code IGNORED}
     */
    public Handle open(Input input, AnnouncedFile file, ResumeAt resume) {
        throw new UnsupportedOperationException("files are not read yet");
    }

    /** Returns how many files wait for storage that is away, fails or is slow. May be called from any thread. */
    public int waiting() {
        return 0;
    }

    /** Closes all handles and ends the threads. Waits for none of them. */
    @Override
    public void close() {}

    /** One file that is read. */
    public interface Handle extends AutoCloseable {

        /** Returns the next rows or, once, the end; null if there is nothing yet. */
        Rows poll();

        /** Returns the file as it was opened; null as long as it is not, or if it cannot be. */
        FileStamp stamp();

        /** Ends the reading and releases the memory. Idempotent. */
        @Override
        void close();
    }
}

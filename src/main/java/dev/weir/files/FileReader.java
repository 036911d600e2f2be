package dev.weir.files;

import dev.weir.core.catalog.Input;
import dev.weir.retry.Attempts;
import dev.weir.retry.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(FileReader.class);
    /** A store that has not answered for so long counts as one that is waited for. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

    private final Outside outside;
    private final ReadAhead ahead;
    private final Map<List<String>, Allowed> allows = new HashMap<>();
    private final Set<ReadFile> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong warnedAt = new AtomicLong(Long.MIN_VALUE / 2);
    private long opened;

    /**
     * Creates the reader.
     *
     * @param whenReady called from the reader's threads when a handle whose {@link Handle#poll} returned null, or whose {@link
     *     Handle#stamp} did, has something now. Must return at once
     */
    public FileReader(Runnable whenReady) {
        this(whenReady, new World());
    }

    FileReader(Runnable whenReady, Outside outside) {
        this.outside = outside;
        ahead = new ReadAhead(whenReady);
    }

    /**
     * Begins to read a file. Files that were opened earlier are served first.
     *
     * @param input an input with {@code files}
     * @param file a file of the input's announcement. If it is not {@code created}, nothing is opened and the end is {@code IGNORED}
     */
    public Handle open(Input input, AnnouncedFile file, ResumeAt resume) {
        Allowed allowed = allows.computeIfAbsent(input.files().allow(), Allowed::new);
        FileAccess access = new FileAccess(outside, allowed, input, file, resume);
        Attempts attempts = new Attempts(this::warn, LOG::info, Backoff.DOUBLING);
        ReadFile handle = new ReadFile(opened++, ahead, outside, file, access, resume.rows(), attempts, open);
        open.add(handle);
        ahead.resume(handle);
        return handle;
    }

    /** Returns how many files wait for storage that is away, fails or is slow. May be called from any thread. */
    public int waiting() {
        long since = outside.millis() - SLOW.toMillis();
        return (int) open.stream().filter(file -> file.waits(since)).count();
    }

    /** Returns the bytes of rows that wait for the consumer. */
    long bufferedBytes() {
        return ahead.bufferedBytes();
    }

    /** An outage makes all files fail, and needs not a line for each. */
    private void warn(String line) {
        long now = outside.millis();
        long last = warnedAt.get();
        if (now - last >= BETWEEN_WARNINGS.toMillis() && warnedAt.compareAndSet(last, now)) {
            LOG.warn(line);
        }
    }

    /** Closes all handles and ends the threads. Waits for none of them. */
    @Override
    public void close() {
        List.copyOf(open).forEach(ReadFile::close);
        ahead.close();
        outside.close();
    }

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

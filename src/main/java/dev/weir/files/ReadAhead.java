package dev.weir.files;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read files, and the memory for rows that wait for the consumer.
 *
 * <p>A file is <em>current</em> once the consumer has asked for it, and <em>ahead</em> before. Each kind has a budget of its own, so
 * files that are read ahead cannot take the memory of those that the consumer waits for. A file that may not read is parked, without a
 * thread, and resumed when the consumer takes rows. Whoever has nothing buffered and is current may always read one chunk, so the
 * consumer never waits for memory.
 *
 * <p>Bound: both budgets, a chunk for each thread, and a chunk for each current file. Files that were opened first are served first.
 *
 * <p>The monitor of this object guards the fields of {@link ReadFile} that say so. Nothing is read or opened while it is held.
 */
final class ReadAhead {
    static final int THREADS = 16;
    static final long CURRENT_BYTES = 16L << 20;
    static final long AHEAD_BYTES = FileReader.BUFFERED_BYTES - CURRENT_BYTES - THREADS * ReadFile.CHUNK_BYTES;
    /** A file ahead needs no more to be ready when its turn comes, and others can be, too. */
    private static final long AHEAD_BYTES_EACH = 1L << 20;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Runnable whenReady;
    private final ThreadPoolExecutor pool;
    private final TreeSet<ReadFile> parkedCurrent = new TreeSet<>();
    private final TreeSet<ReadFile> parkedAhead = new TreeSet<>();
    private long currentBytes;
    private long aheadBytes;
    private int current;

    /** What a thread does next with a file. */
    enum Turn {
        READ,
        /** Leaves the file to whoever resumes it. */
        LEAVE,
        /** Closes what is open. */
        RELEASE
    }

    ReadAhead(Runnable whenReady) {
        this.whenReady = whenReady;
        pool = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "weir-files-" + NUMBER.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Gives a file that nobody reads to a thread. */
    synchronized void resume(ReadFile file) {
        if (!file.running && !file.released && !pool.isShutdown()) {
            parkedCurrent.remove(file);
            parkedAhead.remove(file);
            file.running = true;
            pool.execute(file);
        }
    }

    /** Returns what the file's thread does next. */
    synchronized Turn turn(ReadFile file) {
        if (file.closed) {
            file.running = false;
            file.released = true;
            return Turn.RELEASE;
        }
        if (mayRead(file)) {
            return Turn.READ;
        }
        file.running = false;
        (file.wanted ? parkedCurrent : parkedAhead).add(file);
        return Turn.LEAVE;
    }

    /** Lets the file's thread go, because the file has ended or waits for its storage. */
    synchronized void leave(ReadFile file) {
        file.running = false;
        if (file.closed) {
            resume(file);
        }
    }

    private boolean mayRead(ReadFile file) {
        if (file.wanted) {
            return file.bytes == 0 || file.bytes < CURRENT_BYTES / current && currentBytes < CURRENT_BYTES;
        }
        return !file.onlyCurrent && file.bytes < AHEAD_BYTES_EACH && aheadBytes < AHEAD_BYTES;
    }

    /** Adds rows, or the end, for the consumer. */
    void add(ReadFile file, Rows rows, long bytes) {
        synchronized (this) {
            if (file.closed) {
                return;
            }
            file.rows.add(rows);
            file.costs.add(bytes);
            count(file, bytes);
        }
        ready(file);
    }

    /** Wakes the consumer if it has asked for what there is now. */
    void ready(ReadFile file) {
        boolean asked;
        synchronized (this) {
            asked = file.asked;
            file.asked = false;
        }
        if (asked) {
            whenReady.run();
        }
    }

    /** Makes a file current. */
    synchronized void want(ReadFile file, boolean asked) {
        if (file.closed) {
            return;
        }
        file.asked |= asked;
        if (!file.wanted) {
            aheadBytes -= file.bytes;
            file.wanted = true;
            current++;
            currentBytes += file.bytes;
            if (parkedAhead.remove(file)) {
                resume(file);
            }
        }
    }

    /** Takes the next rows of a file; null if there are none yet. */
    synchronized Rows poll(ReadFile file) {
        want(file, file.rows.isEmpty());
        Rows rows = file.rows.poll();
        if (rows != null) {
            count(file, -file.costs.remove());
        }
        resumeParked();
        return rows;
    }

    private void count(ReadFile file, long bytes) {
        file.bytes += bytes;
        if (file.wanted) {
            currentBytes += bytes;
        } else {
            aheadBytes += bytes;
        }
    }

    private void resumeParked() {
        List<ReadFile> ready = new ArrayList<>();
        for (ReadFile file : parkedCurrent) {
            // With hysteresis: a file whose buffer is nearly full is not worth a turn.
            if (mayRead(file) && file.bytes <= CURRENT_BYTES / current / 2) {
                ready.add(file);
            }
        }
        if (aheadBytes < AHEAD_BYTES) {
            for (ReadFile file : parkedAhead) {
                if (ready.size() == THREADS) {
                    break;
                }
                if (mayRead(file)) {
                    ready.add(file);
                }
            }
        }
        ready.forEach(this::resume);
    }

    /** Ends a file for the consumer. A thread releases what is open. */
    synchronized void close(ReadFile file) {
        if (file.closed) {
            return;
        }
        file.closed = true;
        count(file, -file.bytes);
        file.rows.clear();
        file.costs.clear();
        if (file.wanted) {
            current--;
        }
        resume(file);
        if (current > 0 || !parkedAhead.isEmpty()) {
            resumeParked();
        }
    }

    synchronized long bufferedBytes() {
        return currentBytes + aheadBytes;
    }

    /** Ends the threads once they have released what is closed. */
    synchronized void close() {
        pool.shutdown();
    }
}

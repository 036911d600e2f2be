package dev.weir.files;

import dev.weir.core.decode.Details;
import dev.weir.core.model.FileOutcome;
import dev.weir.core.model.Reason;
import dev.weir.core.model.Reject;
import dev.weir.files.Allowed.RefusedFileException;
import dev.weir.retry.Attempts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * One announced file: finds it, opens it and reads its rows in chunks, each time that {@link ReadAhead} gives it a thread. A file whose
 * storage fails is closed; later it is opened again, and the rows that were handed over are skipped.
 */
final class ReadFile implements FileReader.Handle, Runnable, Comparable<ReadFile> {
    static final int CHUNK_ROWS = 2_000;
    static final long CHUNK_BYTES = 256 * 1024;
    /** What a row takes besides its bytes: the array's head and its place in a list. */
    private static final int ROW_BYTES = 28;

    /** A file that was announced a little before it can be seen is found by the second or third try. */
    private static final int TRIES = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(15);
    private static final int SHOWN_CHARS = 300;
    /** How many rows are skipped between two looks at whether the handle is closed. */
    private static final int ROWS_AT_ONCE = 10_000;

    private final long number;
    private final ReadAhead ahead;
    private final Outside outside;
    private final AnnouncedFile file;
    private final FileAccess access;
    private final Attempts attempts;
    /** The files of the reader that are not closed. */
    private final Set<ReadFile> open;

    /** Whether opening it takes so much memory that it must not be read ahead. */
    final boolean onlyCurrent;

    // Guarded by the monitor of ReadAhead.
    final Queue<Rows> rows = new ArrayDeque<>();
    final Queue<Long> costs = new ArrayDeque<>();
    long bytes;
    /** Whether the consumer has asked for the file. */
    boolean wanted;
    /** Whether it wants to hear of the next change. */
    boolean asked;
    /** Whether a thread has the file or will have it. */
    boolean running;

    boolean released;
    volatile boolean closed;

    // Of the thread that has the file.
    private RowSource source;
    private long emitted;
    private long skip;
    private int missed;
    /** Null if the file is not tried again. */
    private Duration retryAfter;

    private volatile Throwable failure;
    private volatile boolean waits;
    /** When the present call of the storage began, by the outside's clock; 0 for none. */
    private volatile long busySince;

    ReadFile(
            long number,
            ReadAhead ahead,
            Outside outside,
            AnnouncedFile file,
            FileAccess access,
            long emitted,
            Attempts attempts,
            Set<ReadFile> open) {
        this.number = number;
        this.ahead = ahead;
        this.outside = outside;
        this.file = file;
        this.access = access;
        onlyCurrent = access.isLarge();
        this.emitted = emitted;
        this.attempts = attempts;
        this.open = open;
    }

    @Override
    public int compareTo(ReadFile other) {
        return Long.compare(number, other.number);
    }

    @Override
    public Rows poll() {
        if (failure != null) {
            throw new IllegalStateException("reading " + access.uri() + " failed", failure);
        }
        return ahead.poll(this);
    }

    @Override
    public FileStamp stamp() {
        if (access.stamp() == null) {
            ahead.want(this, true);
        }
        return access.stamp();
    }

    @Override
    public void close() {
        open.remove(this);
        ahead.close(this);
    }

    /** Returns whether the storage fails, or has not answered since {@code millis}. */
    boolean waits(long millis) {
        long since = busySince;
        return waits || since != 0 && since < millis;
    }

    @Override
    public void run() {
        while (true) {
            busySince = 0;
            switch (ahead.turn(this)) {
                case LEAVE -> {
                    return;
                }
                case RELEASE -> {
                    release();
                    return;
                }
                case READ -> {
                    busySince = outside.millis();
                    retryAfter = null;
                    if (!readOn()) {
                        busySince = 0;
                        leave(retryAfter);
                        return;
                    }
                }
            }
        }
    }

    /** Lets the thread go. Only then the timer may give the file to another one. */
    private void leave(Duration retry) {
        ahead.leave(this);
        if (retry != null) {
            outside.after(retry, () -> ahead.resume(this));
        }
    }

    /** Reads a chunk. Returns whether there may be another one now. */
    private boolean readOn() {
        try {
            if (source == null) {
                open();
            }
            if (readChunk()) {
                return true;
            }
            end(FileOutcome.Kind.READ, null);
        } catch (RefusedFileException e) {
            reject(Reason.FILE_REFUSED, e.getMessage());
        } catch (OverwrittenFileException e) {
            reject(Reason.FILE_MISSING, e.getMessage());
        } catch (IOException | RuntimeException e) {
            StorageException storage = StorageException.in(e);
            if (storage == null) {
                unreadable(e);
            } else if (storage.isMissing()) {
                missing(storage);
            } else {
                away(storage);
            }
        } catch (Throwable e) {
            // Not the file's fault, so the job must hear of it.
            release();
            failure = e;
            ahead.ready(this);
        }
        return false;
    }

    private void open() throws IOException, RefusedFileException, OverwrittenFileException {
        if (!file.created()) {
            source = new EmptyRows();
            return;
        }
        try {
            source = access.open();
        } finally {
            if (access.stamp() != null) {
                ahead.ready(this);
            }
        }
        skip = emitted;
        missed = 0;
        waits = false;
        attempts.succeeded(access.uri() + " is read");
    }

    /** Reads and hands over a chunk, even if the file fails in the middle of it. Returns false at the end of the file. */
    private boolean readChunk() throws IOException {
        if (!file.created()) {
            return false;
        }
        if (skip > 0) {
            return skipRows();
        }
        List<byte[]> chunk = new ArrayList<>();
        long size = 0;
        try {
            while (chunk.size() < CHUNK_ROWS && size < CHUNK_BYTES) {
                byte[] row = source.next();
                if (row == null) {
                    return false;
                }
                chunk.add(row);
                size += row.length + ROW_BYTES;
            }
            return true;
        } finally {
            if (!chunk.isEmpty()) {
                ahead.add(this, new Rows(source.head(), chunk, emitted + 1, null), size);
                emitted += chunk.size();
                attempts.progressed();
            }
        }
    }

    private boolean skipRows() throws IOException {
        for (int i = 0; i < ROWS_AT_ONCE && skip > 0; i++, skip--) {
            if (source.next() == null) {
                throw new UnreadableFileException(
                        "it was overwritten while it was read: it has " + skip + " rows less than were read before");
            }
        }
        return true;
    }

    private void missing(StorageException e) {
        release();
        missed++;
        if (missed < TRIES) {
            retryAfter = BETWEEN_TRIES;
            return;
        }
        long seconds = BETWEEN_TRIES.multipliedBy(TRIES - 1L).toSeconds();
        String gone = emitted == 0 ? "not there" : "gone after " + emitted + " rows";
        reject(Reason.FILE_MISSING, gone + ", " + TRIES + " tries over " + seconds + " s: " + e.getMessage());
    }

    private void away(StorageException e) {
        release();
        waits = true;
        String cause = Details.clip(String.valueOf(e.getMessage()), SHOWN_CHARS);
        retryAfter = attempts.failed(
                "The storage of " + access.uri() + " fails or is away, and the file is waited for: " + cause);
    }

    private void unreadable(Exception e) {
        String cause = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String message = e instanceof UnreadableFileException ? cause : "damaged: " + cause;
        reject(Reason.FILE_UNREADABLE, "after " + emitted + (emitted == 1 ? " row: " : " rows: ") + message);
    }

    private void reject(Reason reason, String detail) {
        end(FileOutcome.Kind.REJECTED, new Reject(reason, Details.clip(detail, SHOWN_CHARS), null));
    }

    private void end(FileOutcome.Kind kind, Reject reject) {
        release();
        waits = false;
        FileStamp known = access.stamp();
        FileOutcome outcome = new FileOutcome(
                file.created() ? kind : FileOutcome.Kind.IGNORED,
                reject,
                access.uri(),
                known == null ? file.version() : known.version(),
                known == null ? 0 : known.size(),
                emitted,
                outside.millis());
        ahead.add(this, new Rows(null, List.of(), emitted + 1, outcome), 0);
    }

    private void release() {
        StoredFile.closeQuietly(source);
        source = null;
    }
}

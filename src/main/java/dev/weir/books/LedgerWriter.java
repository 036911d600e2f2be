package dev.weir.books;

import dev.weir.core.model.Tally;
import dev.weir.failure.RefusedException;
import dev.weir.generation.Position;
import dev.weir.postgres.SqlStates;
import dev.weir.retry.Attempts;
import dev.weir.retry.Backoff;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest totals in its own thread, so that the task never waits for the outside. It tries again while the
 * outside is away. If totals of one generation queue up, only the newest are written, because they include the
 * others, with the files of all.
 */
final class LedgerWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private final Ledger ledger;
    private final Consumer<Exception> onFailure;
    /** Only the writer's thread uses it. */
    private final Attempts attempts;

    private final ScheduledExecutorService thread;

    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private boolean busy;

    /** The number of files, of all that were ever submitted, that are written. */
    private volatile long filesWritten;

    /** @param filesEnd the number of the file after the last one */
    private record Entry(Position position, Tally totals, List<FinishedFile> files, long filesEnd) {

        /** Returns the newer entry with the files of both. */
        Entry before(Entry newer) {
            List<FinishedFile> both = new ArrayList<>(files);
            both.addAll(newer.files);
            return new Entry(newer.position, newer.totals, both, newer.filesEnd);
        }
    }

    /**
     * Creates the writer and its thread.
     *
     * @param retryAfter the wait between two attempts
     * @param onFailure called in the writer's thread with an error that no retry can cure
     */
    LedgerWriter(Ledger ledger, String threadName, Duration retryAfter, Consumer<Exception> onFailure) {
        this.ledger = ledger;
        this.attempts = new Attempts(LOG::warn, LOG::info, Backoff.constant(retryAfter));
        this.onFailure = onFailure;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, threadName);
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Queues totals and files, which are written soon.
     *
     * @param filesEnd the number of the file after the last one; {@link #filesWritten} returns it once they are written
     */
    synchronized void submit(Position position, Tally totals, List<FinishedFile> files, long filesEnd) {
        Entry entry = new Entry(position, totals, files, filesEnd);
        Entry last = waiting.peekLast();
        if (last != null && last.position().generation() == position.generation()) {
            waiting.removeLast();
            entry = last.before(entry);
        }
        waiting.addLast(entry);
        if (!busy) {
            busy = true;
            thread.execute(this::writeWaiting);
        }
    }

    /** Returns the greatest {@code filesEnd} that is written. */
    long filesWritten() {
        return filesWritten;
    }

    /** Returns whether everything that was submitted is written within the time. */
    synchronized boolean awaitWritten(Duration atMost) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (busy) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    /** Stops the thread. Nothing is written any more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void writeWaiting() {
        Entry entry;
        synchronized (this) {
            entry = waiting.pollFirst();
        }
        if (entry != null && !written(entry)) {
            return;
        }
        synchronized (this) {
            if (!waiting.isEmpty()) {
                thread.execute(this::writeWaiting);
                return;
            }
            busy = false;
            notifyAll();
        }
    }

    private void failed(Exception failure) {
        try {
            onFailure.accept(failure);
        } finally {
            synchronized (this) {
                busy = false; // Ends the wait of awaitWritten.
                notifyAll();
            }
        }
    }

    private static Exception refused(SQLException e) {
        return new RefusedException(
                SqlStates.refusal(
                        "weir.postgres: books and fence cannot be written to weir_books, weir_files and weir_pipelines",
                        e),
                e);
    }

    /**
     * Returns whether to try again. An error of a file system may have any cause, so each one is retried, like a dead
     * connection.
     */
    private static boolean passes(Exception e) {
        return e instanceof IOException
                || e instanceof SQLException sql && SqlStates.isTransient(sql.getSQLState(), true);
    }

    /** Returns whether the entry was written. Otherwise it is retried, or has failed for good. */
    @SuppressWarnings("FutureReturnValueIgnored") // The work reports its own failures.
    private boolean written(Entry entry) {
        try {
            ledger.write(entry.position(), entry.totals(), entry.files());
            filesWritten = entry.filesEnd();
            attempts.succeeded("Books and fence of " + entry.position() + " are written");
            return true;
        } catch (Exception e) {
            if (passes(e)) {
                Duration wait = attempts.failed(
                        "Books and fence of " + entry.position() + " wait, trying again: " + e.getMessage());
                synchronized (this) {
                    Entry next = waiting.peekFirst();
                    if (next == null
                            || next.position().generation() != entry.position().generation()) {
                        waiting.addFirst(entry);
                    } else {
                        waiting.removeFirst();
                        waiting.addFirst(entry.before(next));
                    }
                }
                thread.schedule(this::writeWaiting, wait.toMillis(), TimeUnit.MILLISECONDS);
                return false;
            }
            failed(e instanceof SQLException sql ? refused(sql) : e);
            return false;
        } catch (Error e) {
            failed(new IllegalStateException("books and fence cannot be written", e));
            throw e;
        }
    }
}

package dev.weir.sink.postgres;

import dev.weir.metrics.SinkMetrics;
import dev.weir.retry.Attempts;
import dev.weir.retry.Backoff;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which one subtask commits. It tries each work until it is done or the thread is told to stop. */
final class CommitThread {
    private static final Logger LOG = LoggerFactory.getLogger(CommitThread.class);

    private final BatchCommitter committer;
    private final CommitSettings.Time time;
    private final SinkMetrics metrics;
    private final ExecutorService executor;
    private final CountDownLatch closing = new CountDownLatch(1);

    CommitThread(String name, BatchCommitter committer, CommitSettings.Time time, SinkMetrics metrics) {
        this.committer = committer;
        this.time = time;
        this.metrics = metrics;
        // The class loader of the job, which the creating thread has. A driver may load classes by the thread's loader.
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.executor = Executors.newSingleThreadExecutor(runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    /**
     * Submits a work. The future completes on the committing thread: with true once the rows are in the database, with false if it gave up
     * because it was told to stop.
     */
    CompletableFuture<Boolean> commit(PendingBatches.Work work) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                outcome.complete(tryUntilDone(work));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    /** Makes the next failed attempt the last. */
    void stopRetrying() {
        closing.countDown();
    }

    /** Ends a running commit without success. */
    void abort() {
        stopRetrying();
        executor.shutdownNow();
        committer.abort();
    }

    private boolean tryUntilDone(PendingBatches.Work work) throws Exception {
        Attempts attempts = new Attempts(LOG::warn, LOG::info, Backoff.DOUBLING);
        while (true) {
            long before = work.committedRows();
            long begin = time.clock().relativeTimeMillis();
            try {
                long rows = committer.commit(work);
                metrics.committed(rows, time.clock().relativeTimeMillis() - begin);
                attempts.succeeded("PostgreSQL takes rows again");
                return true;
            } catch (TransientCommitException e) {
                metrics.retried();
                if (work.committedRows() > before) {
                    // Progress resets the wait, because a connection that is cut again and again is no outage.
                    attempts.progressed();
                }
                if (!time.pause(attempts.failed(e.getMessage() + ", trying again"), closing)) {
                    return false;
                }
            }
        }
    }
}

package dev.weir.local;

import dev.weir.books.LatestReport;
import dev.weir.books.RunReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a job to its end. A bounded job that has read everything is stopped with a savepoint that drains: all windows
 * are emitted, everything is committed, and the savepoint holds the state for the next run. A stop that is requested
 * earlier also makes a savepoint, without draining.
 */
public final class LocalJob {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJob.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    /** The wait for a requested stop. It is shorter than the 90 s that systemd waits for a service to stop. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
    /**
     * How long a finished run retries its savepoint, counted from the first failure. An outage may end meanwhile, and
     * the job may restart a few times.
     */
    private static final Duration DRAIN_WITHIN = Duration.ofMinutes(5);
    /**
     * The pause before another try. A failed savepoint often restarts the job, so the next try cannot follow at once.
     */
    private static final Duration DRAIN_EVERY = Duration.ofSeconds(5);

    private final JobClient job;
    private final Path kept;
    private final LongSupplier nanoTime;
    private final CompletableFuture<Void> stopRequest = new CompletableFuture<>();
    private boolean drainFailed;
    private long firstFailureNanos;
    private long newestFailureNanos;
    private boolean stopped;
    private boolean early;
    private boolean cancelled;

    /**
     * Says how the job ended.
     *
     * @param report null if the books made none
     * @param stopped whether it was stopped before its end, with or without a savepoint
     * @param kept whether a savepoint was made here when it ended
     * @param millis how long it ran, in milliseconds
     */
    public record End(RunReport report, boolean stopped, boolean kept, long millis) {}

    /**
     * Creates it for a job that runs.
     *
     * @param kept the directory for savepoints; null if no state can be kept
     */
    public LocalJob(JobClient job, Path kept) {
        this(job, kept, System::nanoTime);
    }

    LocalJob(JobClient job, Path kept, LongSupplier nanoTime) {
        this.job = job;
        this.kept = kept;
        this.nanoTime = nanoTime;
    }

    /** Requests a stop and returns at once; {@link #await} ends soon after. Safe to call from any thread. */
    public void requestStop() {
        stopRequest.complete(null);
    }

    /**
     * Waits until the job has ended.
     *
     * @param look gets the newest report now and then, on this thread
     * @throws ExecutionException if the job failed
     */
    public End await(Consumer<RunReport> look) throws ExecutionException, InterruptedException {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        long beganNanos = nanoTime.getAsLong();
        RunReport last = null;
        while (true) {
            try {
                JobExecutionResult ended = result.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                RunReport report = ended.getAccumulatorResult(LatestReport.NAME);
                // A job that keeps no state ends by itself, and its last report may be older than its end.
                boolean unread = kept != null && report != null && !report.allRead();
                return new End(report, early || unread, stopped, ended.getNetRuntime());
            } catch (ExecutionException e) {
                if (cancelled) {
                    return new End(last, true, false, (nanoTime.getAsLong() - beganNanos) / 1_000_000);
                }
                throw e;
            } catch (TimeoutException stillRunning) {
                last = lookAt(look, last);
            }
        }
    }

    private RunReport lookAt(Consumer<RunReport> look, RunReport last) throws InterruptedException, ExecutionException {
        RunReport fresh = report();
        RunReport newest = fresh == null ? last : fresh;
        if (newest != null) {
            look.accept(newest);
        }
        if (!stopped && !cancelled) {
            if (isDrainDue(fresh)) {
                drain();
            } else if (stopRequest.isDone()) {
                stop();
            }
        }
        return newest;
    }

    /**
     * Returns whether the job waits for the savepoint at its end. Only a report of running tasks counts: one from
     * before a restart is void, because the job reads again from its checkpoint.
     */
    private boolean isDrainDue(RunReport fresh) throws InterruptedException {
        return kept != null
                && fresh != null
                && fresh.allRead()
                && (!drainFailed || nanoTime.getAsLong() - newestFailureNanos >= DRAIN_EVERY.toNanos())
                && isRunning();
    }

    private boolean isRunning() throws InterruptedException {
        try {
            return asked(job::getJobStatus).get(5, TimeUnit.SECONDS) == JobStatus.RUNNING;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The job cannot be asked for its status now", e);
            return false;
        }
    }

    /** Returns the newest report of the tasks that run now; null if they have sent none yet. */
    private RunReport report() throws InterruptedException {
        try {
            return (RunReport)
                    asked(job::getAccumulators).get(5, TimeUnit.SECONDS).get(LatestReport.NAME);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The job cannot be asked for its report now", e);
            return null;
        }
    }

    private void drain() throws InterruptedException, ExecutionException {
        try {
            savepoint(true).get();
            stopped = true;
        } catch (ExecutionException e) {
            newestFailureNanos = nanoTime.getAsLong();
            if (!drainFailed) {
                drainFailed = true;
                firstFailureNanos = newestFailureNanos;
            }
            LOG.warn("The run has read everything, but the savepoint in {} failed: {}", kept, reason(e));
            if (newestFailureNanos - firstFailureNanos >= DRAIN_WITHIN.toNanos()) {
                cancel();
                throw new ExecutionException(new IllegalStateException(
                        "execution.checkpointing.savepoint-dir: the state of the finished run cannot be kept in " + kept
                                + ": " + reason(e)
                                + "; everything is committed up to the last checkpoint. Repair it and run again"));
            }
        }
    }

    private void stop() throws InterruptedException {
        early = true;
        if (kept == null) {
            cancel("no state is kept, because execution.checkpointing.dir is not set");
            return;
        }
        try {
            savepoint(false).get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
            stopped = true;
        } catch (ExecutionException | TimeoutException e) {
            cancel("no savepoint could be made in " + kept + ": " + reason(e));
        }
    }

    private CompletableFuture<String> savepoint(boolean drain) {
        return asked(() -> job.stopWithSavepoint(drain, kept.toString(), SavepointFormatType.CANONICAL));
    }

    /**
     * Asks the job something. Once a job has ended, by the command {@code stop} for example, its cluster in this process
     * shuts down, and from then on throws instead of failing the future. What the job came to is in its result.
     */
    private static <T> CompletableFuture<T> asked(Supplier<CompletableFuture<T>> question) {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void cancel(String why) throws InterruptedException {
        LOG.warn("The job is stopped without a savepoint: {}", why);
        cancelled = true;
        cancel();
    }

    private void cancel() throws InterruptedException {
        try {
            asked(job::cancel).get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The job cannot be cancelled: {}", reason(e));
        }
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}

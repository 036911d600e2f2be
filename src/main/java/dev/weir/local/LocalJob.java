package dev.weir.local;

import dev.weir.books.LatestReport;
import dev.weir.books.RunReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a job to its end. A bounded one that has read everything is stopped with a savepoint that drains: all windows are emitted, everything is
 * committed, and the savepoint holds the state from which the next run goes on. Who asks for a stop before gets a savepoint, too, without draining.
 */
public final class LocalJob {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJob.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    /** Shorter than systemd's patience with a service that it stops, 90 s. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
    /** A job that is restarting cannot make a savepoint at this moment; storage that takes none will not soon. */
    private static final int ATTEMPTS = 5;

    private final JobClient job;
    private final Path kept;
    private final CompletableFuture<Void> stopRequest = new CompletableFuture<>();
    private int failedAttempts;
    private boolean stopped;
    private boolean cancelled;

    /**
     * How it ended.
     *
     * @param report null if the books had none
     * @param stopped whether it was stopped before its end, with or without a savepoint
     * @param kept whether a savepoint was made here as it ended
     */
    public record End(RunReport report, boolean stopped, boolean kept, long millis) {}

    /** @param kept where savepoints go that this makes; null if nothing can be kept */
    public LocalJob(JobClient job, Path kept) {
        this.job = job;
        this.kept = kept;
    }

    /** Returns at once; {@link #await} ends soon. May be called from any thread. */
    public void requestStop() {
        stopRequest.complete(null);
    }

    /**
     * Returns when the job has ended.
     *
     * @param look is told the newest report now and then, on this thread
     * @throws ExecutionException if the job failed
     */
    public End await(Consumer<RunReport> look) throws ExecutionException, InterruptedException {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        long beganNanos = System.nanoTime();
        RunReport last = null;
        while (true) {
            try {
                JobExecutionResult ended = result.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                RunReport report = ended.getAccumulatorResult(LatestReport.NAME);
                boolean beforeItsEnd = report != null && !report.allRead();
                return new End(report, beforeItsEnd, stopped, ended.getNetRuntime());
            } catch (ExecutionException e) {
                if (cancelled) {
                    return new End(last, true, false, (System.nanoTime() - beganNanos) / 1_000_000);
                }
                throw e;
            } catch (TimeoutException stillRunning) {
                last = lookAt(look, last);
            }
        }
    }

    private RunReport lookAt(Consumer<RunReport> look, RunReport last) throws InterruptedException, ExecutionException {
        RunReport report = report(last);
        if (report != null) {
            look.accept(report);
        }
        boolean allRead = kept != null && report != null && report.allRead();
        if (allRead && !stopped) {
            stop(true);
        } else if (stopRequest.isDone() && !stopped && !cancelled) {
            stop(false);
        }
        return report;
    }

    private RunReport report(RunReport last) throws InterruptedException {
        try {
            Object newest = job.getAccumulators().get(5, TimeUnit.SECONDS).get(LatestReport.NAME);
            return newest == null ? last : (RunReport) newest;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The job cannot be asked for its report now", e);
            return last;
        }
    }

    private void stop(boolean drain) throws InterruptedException, ExecutionException {
        if (kept == null) {
            cancel("nothing is kept, for execution.checkpointing.dir is not set");
            return;
        }
        try {
            CompletableFuture<String> savepoint =
                    job.stopWithSavepoint(drain, kept.toString(), SavepointFormatType.CANONICAL);
            if (drain) {
                savepoint.get();
            } else {
                savepoint.get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
            }
            stopped = true;
        } catch (ExecutionException | TimeoutException e) {
            failedAttempts++;
            LOG.warn("No savepoint could be made in {}, attempt {}: {}", kept, failedAttempts, reason(e));
            if (!drain) {
                cancel("no savepoint could be made: " + reason(e));
            } else if (failedAttempts >= ATTEMPTS) {
                cancel();
                throw new ExecutionException(new IllegalStateException(
                        "execution.checkpointing.savepoint-dir: the state of the finished run cannot be kept in " + kept
                                + ": " + reason(e)
                                + "; all is committed up to the last checkpoint. Mend it and run again"));
            }
        }
    }

    private void cancel(String why) throws InterruptedException {
        LOG.warn("The job is stopped without a savepoint: {}", why);
        cancelled = true;
        cancel();
    }

    private void cancel() throws InterruptedException {
        try {
            job.cancel().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
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

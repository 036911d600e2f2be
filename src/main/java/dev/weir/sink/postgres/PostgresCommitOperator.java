package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import dev.weir.metrics.SinkMetrics;
import dev.weir.metrics.WeirMetrics;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.function.RunnableWithException;

/**
 * Writes aggregates to PostgreSQL exactly once: each row after its checkpoint has completed. Its input may be partitioned and ordered in
 * any way. It emits nothing. {@link PendingBatches} decides what to commit. This class passes rows, state and time to it on the task's
 * thread, and its work to {@link CommitThread}.
 *
 * <p>The task's thread waits for the database only by yielding to its mailbox. It does so while eligible rows exceed {@code
 * weir.postgres.max-pending}, and for all of them after the end of the input.
 */
final class PostgresCommitOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Aggregate, Void> {
    private static final long serialVersionUID = 1L;
    /** Replaces a checkpoint id for rows whose checkpoint has already completed. */
    private static final long RESTORED = Long.MIN_VALUE;

    private final transient String pipeline;
    private final transient CommitSettings settings;
    private final transient BatchCommitter.Factory committers;
    private final transient MailboxExecutor mailbox;

    private transient SortedRowsStore store;
    private transient PendingBatches pending;
    private transient SinkMetrics metrics;
    private transient CommitThread thread;
    private transient PendingBatches.Work work;
    private transient CompletableFuture<Boolean> outcome;
    private transient boolean restored;
    private transient boolean inputEnded;

    PostgresCommitOperator(
            StreamOperatorParameters<Void> parameters,
            String pipeline,
            CommitSettings settings,
            BatchCommitter.Factory committers) {
        super(parameters);
        this.pipeline = pipeline;
        this.settings = settings;
        this.committers = committers;
        this.mailbox = parameters.getMailboxExecutor();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        String[] local = getContainingTask().getEnvironment().getIOManager().getSpillingDirectoriesPaths();
        store = new SortedRowsStore(
                Path.of(local[getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() % local.length]),
                settings.heapBytes());
        pending = new PendingBatches(new EpochBuffer(store, settings.heapBytes()));
        restored = context.isRestored();
        PendingRowsFormat.read(context.getRawOperatorStateInputs(), pending::add);
        pending.seal(RESTORED);
        pending.complete(RESTORED);
    }

    @Override
    public void open() throws Exception {
        super.open();
        MetricGroup group = WeirMetrics.sink(getMetricGroup(), pipeline, PostgresSinks.METRICS);
        metrics = new SinkMetrics(group, settings.time().clock()::relativeTimeNanos);
        SinkMetrics.pendingBytes(group, pending::bytes);
        String name =
                "weir-postgres-commit-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        BatchCommitter committer = committers.create(restored);
        ExpiredRows expired = new ExpiredRows();
        expired.registerIn(group);
        committer.report(expired);
        thread = new CommitThread(name, committer, settings.time(), metrics);
        commitNext();
    }

    @Override
    public void processElement(StreamRecord<Aggregate> element) throws Exception {
        // Waits only for bytes that the database can release. The open epoch needs a barrier, which cannot arrive while
        // this waits.
        while (pending.eligibleBytes() > settings.maxPendingBytes()) {
            mailbox.yield();
        }
        pending.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pending.seal(context.getCheckpointId());
        if (!pending.unacknowledged().isEmpty()) {
            PendingRowsFormat.write(pending.unacknowledged(), context.getRawOperatorStateOutput());
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        pending.complete(checkpointId);
        commitNext();
        if (inputEnded) {
            awaitAll();
        }
    }

    @Override
    public void finish() throws Exception {
        super.finish();
        inputEnded = true;
        if (!finalCheckpointComes()) {
            pending.seal(RESTORED);
            pending.complete(RESTORED);
            commitNext();
            awaitAll();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (thread != null) {
                drain();
            }
        } finally {
            if (thread != null) {
                thread.abort();
            }
            if (store != null) {
                store.close();
            }
            super.close();
        }
    }

    private boolean finalCheckpointComes() {
        Configuration job = getContainingTask().getEnvironment().getJobConfiguration();
        return CheckpointingOptions.isCheckpointingEnabled(job)
                && job.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH);
    }

    private void awaitAll() throws InterruptedException {
        while (!pending.isDrained()) {
            mailbox.yield();
        }
    }

    /** Submits the next work, unless one is in flight. */
    private void commitNext() {
        if (submitNext()) {
            PendingBatches.Work submitted = work;
            outcome = outcome.whenComplete((done, failure) -> mail(() -> finished(submitted, done, failure)));
        } else if (pending.isDrained()) {
            metrics.caughtUp();
        }
    }

    private boolean submitNext() {
        PendingBatches.Work next = pending.take();
        if (next == null) {
            return false;
        }
        work = next;
        outcome = thread.commit(next);
        return true;
    }

    private void finished(PendingBatches.Work submitted, Boolean done, Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (done) {
            pending.acknowledge(submitted);
            commitNext();
        }
    }

    private void mail(RunnableWithException mail) {
        try {
            mailbox.execute(mail::run, "PostgreSQL commit");
        } catch (RejectedExecutionException e) {
            // The task is closing, and close() checks the outcome itself.
            LOG.debug("a commit ended after its task", e);
        }
    }

    /** Commits eligible rows until the deadline or the first failure. The others are in the checkpoint that made them eligible. */
    private void drain() throws InterruptedException {
        Clock clock = settings.time().clock();
        long deadline = clock.relativeTimeNanos() + settings.drain().toNanos();
        thread.stopRetrying();
        try {
            while (outcome != null
                    && outcome.get(Math.max(0, deadline - clock.relativeTimeNanos()), TimeUnit.NANOSECONDS)) {
                pending.acknowledge(work);
                if (!submitNext()) {
                    return;
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not everything was committed before the end", e);
        }
        if (!pending.isDrained()) {
            LOG.info(
                    "{} bytes of completed checkpoints are not in PostgreSQL yet; a start from the last checkpoint commits them",
                    pending.eligibleBytes());
        }
    }
}

package dev.weir.sink.postgres;

import dev.weir.core.model.Aggregate;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.awaitility.Awaitility;

/** One subtask of the commit operator, driven by hand. Mails run only when a test waits. */
final class CommitHarness implements AutoCloseable {
    private static final int MAX_PARALLELISM = 128;

    private final OneInputStreamOperatorTestHarness<Aggregate, Void> harness;
    private boolean closed;

    private CommitHarness(OneInputStreamOperatorTestHarness<Aggregate, Void> harness) {
        this.harness = harness;
    }

    static CommitHarness start(BatchCommitter.Factory database, CommitSettings settings) throws Exception {
        return restore(database, settings, null, 1, 1, 0);
    }

    /** Starts one subtask of several on its share of a snapshot, null for none. */
    static CommitHarness restore(
            BatchCommitter.Factory database,
            CommitSettings settings,
            OperatorSubtaskState state,
            int oldParallelism,
            int parallelism,
            int subtask)
            throws Exception {
        OneInputStreamOperatorTestHarness<Aggregate, Void> harness = new OneInputStreamOperatorTestHarness<>(
                new PostgresCommitOperatorFactory("test", settings, database), MAX_PARALLELISM, parallelism, subtask);
        harness.getEnvironment()
                .getJobConfiguration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1));
        harness.setup(VoidSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, MAX_PARALLELISM, oldParallelism, parallelism, subtask));
        }
        harness.open();
        return new CommitHarness(harness);
    }

    void add(Aggregate... rows) throws Exception {
        for (Aggregate row : rows) {
            harness.processElement(new StreamRecord<>(row));
        }
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, 0);
    }

    void complete(long checkpoint) throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
    }

    void finish() throws Exception {
        harness.getOperator().finish();
    }

    /** Runs the task's mails until it is so, for at most ten seconds. */
    void until(BooleanSupplier condition) {
        Awaitility.await().pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> {
            runMails();
            return condition.getAsBoolean();
        });
    }

    void runMails() throws Exception {
        TaskMailbox mailbox = harness.getTaskMailbox();
        for (var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
                mail.isPresent();
                mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY)) {
            Mail one = mail.get();
            one.run();
        }
    }

    static OperatorSubtaskState together(OperatorSubtaskState... subtasks) throws Exception {
        return AbstractStreamOperatorTestHarness.repackageState(Arrays.copyOf(subtasks, subtasks.length));
    }

    @Override
    public void close() throws Exception {
        if (!closed) {
            closed = true;
            harness.close();
        }
    }
}

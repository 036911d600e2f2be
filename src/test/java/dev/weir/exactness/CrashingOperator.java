package dev.weir.exactness;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Hands everything on, and crashes its task at one point around its n-th checkpoint: in the first attempt, and for a
 * restore in the second, too.
 */
final class CrashingOperator<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
    private static final long serialVersionUID = 1L;
    private static final Duration COMPLETED_WITHIN = Duration.ofSeconds(10);

    /** Where it crashes. */
    enum Point {
        /** Everything of the epoch is processed, the barrier is not sent on. */
        BEFORE_BARRIER,
        /** The barrier is sent on, the state is not written. */
        AT_SNAPSHOT,
        /** The state is being written; the first record of the next epoch. */
        AFTER_BARRIER,
        /** The checkpoint is complete, and nobody in this task has heard of it. */
        BEFORE_NOTIFICATION,
        /** The checkpoint is complete; those behind this operator have heard of it, those before it have not. */
        AT_NOTIFICATION,
        /** As at the notification, and then once more while the next attempt restores its state. */
        AT_RESTORE
    }

    private final Point point;
    private final int checkpoint;
    private final String completed;
    private transient int barriers;
    private transient int snapshots;
    private transient int notifications;
    private transient long newest;
    private transient long fruitless;

    /**
     * @param checkpoint counted from 1
     * @param completed directory in which {@link AnnounceCheckpoints}, in another task, puts down what is complete
     */
    CrashingOperator(Point point, int checkpoint, Path completed) {
        this.point = point;
        this.checkpoint = checkpoint;
        this.completed = completed.toString();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (point == Point.AT_RESTORE && attempt() == 1) {
            throw crash();
        }
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        if (snapshots >= checkpoint && attempt() == 0) {
            if (point == Point.AFTER_BARRIER) {
                throw crash();
            }
            if (point == Point.BEFORE_NOTIFICATION && newest != fruitless) {
                crashOnceComplete();
            }
        }
        output.collect(element);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        crashAt(Point.BEFORE_BARRIER, ++barriers);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        newest = context.getCheckpointId();
        crashAt(Point.AT_SNAPSHOT, ++snapshots);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        notifications++;
        crashAt(Point.AT_NOTIFICATION, notifications);
        crashAt(Point.AT_RESTORE, notifications);
    }

    /** Waits in the task's own thread, so that no notification is heard meanwhile. A checkpoint that fails leaves it to the next one. */
    private void crashOnceComplete() {
        try {
            await().pollInSameThread()
                    .atMost(COMPLETED_WITHIN)
                    .until(() -> Files.exists(AnnounceCheckpoints.file(completed, newest)));
        } catch (ConditionTimeoutException e) {
            fruitless = newest;
            return;
        }
        throw crash();
    }

    private void crashAt(Point here, int count) {
        if (point == here && count == checkpoint && attempt() == 0) {
            throw crash();
        }
    }

    private int attempt() {
        return getRuntimeContext().getTaskInfo().getAttemptNumber();
    }

    private IllegalStateException crash() {
        return new IllegalStateException("the planned crash, " + point + " of checkpoint " + checkpoint);
    }
}

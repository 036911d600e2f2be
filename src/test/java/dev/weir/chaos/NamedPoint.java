package dev.weir.chaos;

import java.util.Locale;

/**
 * Where a record, a barrier, a checkpoint or a commit is half way, as a method that a TaskManager is just in. The classes are not public,
 * so they are named; a test looks whether each is there.
 */
enum NamedPoint {
    BEFORE_BARRIER("dev.weir.flink.SeriesOperator", "prepareSnapshotPreBarrier"),
    SNAPSHOT_OF_SERIES("dev.weir.flink.SeriesOperator", "snapshotState"),
    SNAPSHOT_OF_LAKE("dev.weir.sink.lake.LakeWriter", "prepareCommit"),
    SNAPSHOT_OF_POSTGRES("dev.weir.sink.postgres.PostgresCommitOperator", "snapshotState"),
    SNAPSHOT_OF_BOOKS("dev.weir.books.BooksOperator", "snapshotState"),
    /** The task's part of the checkpoint is stored; the JobManager does not know it yet. */
    STORED_NOT_ACKNOWLEDGED(
            "org.apache.flink.runtime.taskexecutor.rpc.RpcCheckpointResponder", "acknowledgeCheckpoint"),
    /** The checkpoint is complete, and nobody in this process has heard of it. */
    COMPLETE_NOT_NOTIFIED("org.apache.flink.runtime.taskexecutor.TaskExecutor", "confirmCheckpoint"),
    NOTIFICATION_OF_POSTGRES("dev.weir.sink.postgres.PostgresCommitOperator", "notifyCheckpointComplete"),
    NOTIFICATION_OF_BOOKS("dev.weir.books.BooksOperator", "notifyCheckpointComplete"),
    COMMIT_OF_LAKE("dev.weir.sink.lake.LakeCommitter", "commit"),
    /** Rows are in the staging table, or in the table itself where nobody sees them yet. */
    INSIDE_TRANSACTION("dev.weir.sink.postgres.CopyCommitter", "copy", true, false),
    /** The database has committed; the operator does not know it yet. */
    COMMITTED_NOT_ACKNOWLEDGED("dev.weir.sink.postgres.CopyCommitter", "write", true, false),
    /** Rows, books and fence are in the database, the lake's fence is not raised. */
    BEFORE_FENCE_OF_LAKE("dev.weir.sink.lake.LakeFence", "raise"),
    RESTORE_OF_SERIES("dev.weir.flink.SeriesOperator", "initializeState", false, true),
    RESTORE_OF_POSTGRES("dev.weir.sink.postgres.PostgresCommitOperator", "initializeState", false, true);

    private final String className;
    private final String method;
    private final boolean atEnd;
    private final boolean afterRestart;

    NamedPoint(String className, String method) {
        this(className, method, false, false);
    }

    NamedPoint(String className, String method, boolean atEnd, boolean afterRestart) {
        this.className = className;
        this.method = method;
        this.atEnd = atEnd;
        this.afterRestart = afterRestart;
    }

    String className() {
        return className;
    }

    String method() {
        return method;
    }

    /** Whether it is the last line of the method, and not its first. */
    boolean atEnd() {
        return atEnd;
    }

    /** Whether it takes a restart of the job to get there. */
    boolean afterRestart() {
        return afterRestart;
    }

    /** For people, e.g. {@code end of CopyCommitter.copy}. */
    String where() {
        return (atEnd ? "end of " : "") + className.substring(className.lastIndexOf('.') + 1) + "." + method;
    }

    /** For people, e.g. {@code inside transaction}. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

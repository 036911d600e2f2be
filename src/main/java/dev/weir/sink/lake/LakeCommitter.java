package dev.weir.sink.lake;

import dev.weir.metrics.SinkMetrics;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files of a completed checkpoint visible, each in the lake that it was written to.
 *
 * <p>Committing a file again changes nothing. So a restored checkpoint commits its files whether or not they were
 * committed before the restore.
 */
final class LakeCommitter implements Committer<LakeFile> {
    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    /**
     * Retries of one file, for a single lost request. Flink retries at once, without a pause, so more retries would not
     * outlast an outage. The job's restart strategy covers outages, and a restart commits the same files.
     */
    private static final int MAX_RETRIES = 3;

    private final SinkMetrics metrics;
    private final Counter filesCommitted;
    private final Counter filesMissing;
    private final LongSupplier nanoTime;

    /** By scheme and authority of the path. */
    private final Map<String, RecoverableWriter> writers = new HashMap<>();

    LakeCommitter(MetricGroup group, LongSupplier nanoTime) {
        this.metrics = new SinkMetrics(group, nanoTime);
        this.filesCommitted = group.counter(LakeMetrics.FILES_COMMITTED);
        this.filesMissing = group.counter(LakeMetrics.FILES_MISSING);
        this.nanoTime = nanoTime;
    }

    /**
     * Commits the files.
     *
     * @throws IOException if a file cannot be committed; the job then restarts and commits it again
     */
    @Override
    public void commit(Collection<CommitRequest<LakeFile>> requests) throws IOException {
        long startNanos = nanoTime.getAsLong();
        long rows = 0;
        boolean all = true;
        for (CommitRequest<LakeFile> request : requests) {
            long visible = commit(request);
            rows += Math.max(visible, 0);
            all &= visible >= 0;
        }
        metrics.committed(rows, TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos));
        if (all) {
            metrics.caughtUp();
        }
    }

    /** Commits one file. Returns how many rows became visible, or -1 if it will be retried. */
    private long commit(CommitRequest<LakeFile> request) throws IOException {
        LakeFile file = request.getCommittable();
        try {
            commit(file);
            return count(file);
        } catch (IOException e) {
            if (request.getNumberOfRetries() >= MAX_RETRIES) {
                throw new IOException("weir.lake.path: cannot commit " + file + ": " + e.getMessage(), e);
            }
            LOG.warn("Cannot commit {} to the lake, trying again: {}", file, e.toString());
            metrics.retried();
            request.retryLater();
            return -1;
        }
    }

    private void commit(LakeFile file) throws IOException {
        RecoverableWriter writer = writer(new Path(file.path()));
        CommitRecoverable recoverable =
                writer.getCommitRecoverableSerializer().deserialize(file.recoverableVersion(), file.recoverable());
        try {
            writer.recoverForCommit(recoverable)
                    .commitAfterRecovery(); // This accepts a file that is committed already.
        } catch (IOException | RuntimeException e) {
            if (!saysNotFound(e)) {
                // Some file systems pass on unchecked exceptions of their client. They are retried like the others.
                throw e instanceof IOException checked ? checked : new IOException(e.toString(), e);
            }
            LOG.info("{} no longer waits for its commit: {}", file, e.toString());
        }
    }

    /**
     * Returns whether the storage itself answered that the file or upload to commit does not exist. An answer that did
     * not come, or a refusal, is something else. File systems treat a file that was committed and then compacted away
     * in different ways: local files and HDFS accept it silently, while S3 fails because neither the upload nor the
     * object exists. A retry would fail for ever.
     */
    private static boolean saysNotFound(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks that the file exists, in the same way on every file system, and returns its rows. A missing file does not
     * fail the job: after a restore it may rightly have been compacted away.
     */
    private long count(LakeFile file) throws IOException {
        Path path = new Path(file.path());
        if (path.getFileSystem().exists(path)) {
            filesCommitted.inc();
            return file.rows();
        } else {
            LOG.error(
                    "A file of a completed checkpoint is neither pending nor committed; its rows are lost unless it was "
                            + "compacted or deleted on purpose: {}",
                    file);
            filesMissing.inc();
            return 0;
        }
    }

    private RecoverableWriter writer(Path path) throws IOException {
        URI uri = path.toUri();
        String key = uri.getScheme() + "://" + uri.getAuthority();
        RecoverableWriter writer = writers.get(key);
        if (writer == null) {
            writer = LakeFileSystems.recoverableWriter(path);
            writers.put(key, writer);
        }
        return writer;
    }

    @Override
    public void close() {}
}

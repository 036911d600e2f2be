package dev.weir.sink.lake;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the files of a completed checkpoint visible, each in the lake that it was written to.
 *
 * <p>Committing a file again changes nothing, so a checkpoint that is restored commits its files whether or not the attempt
 * before it did.
 */
final class LakeCommitter implements Committer<LakeFile> {
    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    /**
     * For a single lost request. Flink repeats at once, without a pause, so more would not outlast an outage: that is what
     * the job's restart strategy is for, and a restart commits the same files.
     */
    private static final int MAX_RETRIES = 3;

    private final LakeMetrics.Committer metrics;
    private final LongSupplier nanoTime;

    /** By scheme and authority of the path. */
    private final Map<String, RecoverableWriter> writers = new HashMap<>();

    LakeCommitter(MetricGroup group, LongSupplier nanoTime) {
        this.metrics = new LakeMetrics.Committer(group, nanoTime);
        this.nanoTime = nanoTime;
    }

    /** @throws IOException when a file cannot be committed; the job then restarts and commits it again */
    @Override
    public void commit(Collection<CommitRequest<LakeFile>> requests) throws IOException {
        long startNanos = nanoTime.getAsLong();
        for (CommitRequest<LakeFile> request : requests) {
            commit(request);
        }
        metrics.finished(startNanos);
    }

    private void commit(CommitRequest<LakeFile> request) throws IOException {
        LakeFile file = request.getCommittable();
        try {
            commit(file);
            count(file);
        } catch (IOException e) {
            if (request.getNumberOfRetries() >= MAX_RETRIES) {
                throw new IOException("weir.lake.path: cannot commit " + file + ": " + e.getMessage(), e);
            }
            LOG.warn("Cannot commit {} to the lake, trying again: {}", file, e.toString());
            metrics.retried();
            request.retryLater();
        }
    }

    private void commit(LakeFile file) throws IOException {
        RecoverableWriter writer = writer(new Path(file.path()));
        CommitRecoverable recoverable =
                writer.getCommitRecoverableSerializer().deserialize(file.recoverableVersion(), file.recoverable());
        writer.recoverForCommit(recoverable).commitAfterRecovery(); // accepts a file that is committed already
    }

    /**
     * Looks whether the file is really there: Flink's committer of local files takes a file that has vanished for a
     * committed one. No failure, since after a restore it may rightly have been compacted away.
     */
    private void count(LakeFile file) throws IOException {
        Path path = new Path(file.path());
        if (path.getFileSystem().exists(path)) {
            metrics.committed(file);
        } else {
            LOG.error(
                    "A file of a completed checkpoint is neither pending nor committed, its rows are lost unless it was "
                            + "compacted or deleted on purpose: {}",
                    file);
            metrics.missing();
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

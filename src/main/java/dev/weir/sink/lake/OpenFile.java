package dev.weir.sink.lake;

import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.IOUtils;

/**
 * One file of the lake that is being written, under a name or an upload that no reader sees.
 *
 * <p>Ends either with {@link #closeForCommit} or with {@link #discard}.
 */
final class OpenFile<T> {
    private final Path path;
    private final RecoverableFsDataOutputStream stream;
    private final TableFile<T> parquet;
    private final SimpleVersionedSerializer<CommitRecoverable> serializer;
    private long rows;

    private OpenFile(
            Path path,
            RecoverableFsDataOutputStream stream,
            TableFile<T> parquet,
            SimpleVersionedSerializer<CommitRecoverable> serializer) {
        this.path = path;
        this.stream = stream;
        this.parquet = parquet;
        this.serializer = serializer;
    }

    static <T> OpenFile<T> create(Path path, RecoverableWriter writer, ParquetFiles<T> files) throws IOException {
        RecoverableFsDataOutputStream stream = writer.open(path);
        try {
            return new OpenFile<>(path, stream, files.open(stream), writer.getCommitRecoverableSerializer());
        } catch (IOException | RuntimeException e) {
            IOUtils.closeQuietly(stream);
            throw e;
        }
    }

    void write(T row) throws IOException {
        parquet.write(row);
        rows++;
    }

    /** Completes the file; it becomes visible when the returned committable is committed. If that fails, the file is given up. */
    LakeFile closeForCommit() throws IOException {
        try {
            parquet.close();
            long bytes = stream.getPos();
            CommitRecoverable recoverable = stream.closeForCommit().getRecoverable();
            return new LakeFile(
                    path.toString(), serializer.getVersion(), serializer.serialize(recoverable), rows, bytes);
        } catch (IOException | RuntimeException e) {
            // Nobody else knows the file any more, and a full disk fails attempt after attempt.
            discard();
            // Parquet's own says only that it was unable to close a resource.
            throw new IOException("weir.lake.path: cannot complete " + path + ": " + innermost(e), e);
        }
    }

    private static String innermost(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    /** Gives the file up: nothing of it ever becomes visible. */
    void discard() {
        IOUtils.closeQuietly(stream);
    }
}

package dev.weir.sink.lake;

import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.RecoverableWriter.CommitRecoverable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.IOUtils;

/**
 * Writes one file of the lake, under a temporary name or as an upload that no reader sees.
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

    /**
     * Completes the file. It becomes visible when the returned committable is committed. If completing fails, the file
     * is discarded.
     */
    LakeFile closeForCommit() throws IOException {
        try {
            parquet.close();
            long bytes = stream.getPos();
            CommitRecoverable recoverable = stream.closeForCommit().getRecoverable();
            return new LakeFile(
                    path.toString(), serializer.getVersion(), serializer.serialize(recoverable), rows, bytes);
        } catch (IOException | RuntimeException e) {
            // Nothing else refers to the file any more, and a full disk would keep the rest of every failed try.
            discard();
            // Parquet's own message says only that a resource could not be closed.
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

    /** Discards the file: no part of it ever becomes visible. */
    void discard() {
        IOUtils.closeQuietly(stream);
    }
}

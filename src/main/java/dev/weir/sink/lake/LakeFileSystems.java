package dev.weir.sink.lake;

import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;

/** Finds Flink's file systems for lake paths. */
final class LakeFileSystems {
    private LakeFileSystems() {}

    /** Returns the path with its scheme, so that it means the same under another default scheme of Flink. */
    static Path qualified(Path path) throws IOException {
        return path.makeQualified(FileSystem.get(path.toUri()));
    }

    /**
     * Returns the writer of the path's file system.
     *
     * @throws IOException if the file system is absent or cannot commit files; the message names the option and the
     *     cure
     */
    static RecoverableWriter recoverableWriter(Path path) throws IOException {
        try {
            return FileSystem.get(path.toUri()).createRecoverableWriter();
        } catch (IOException | UnsupportedOperationException e) {
            throw new IOException(
                    "weir.lake.path must be on a file system that can commit files (a local path, hdfs://, or s3:// with "
                            + "flink-s3-fs-hadoop in Flink's plugins folder), got " + path + ": " + e.getMessage(),
                    e);
        }
    }
}
